package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.http.TrustedProxies;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.SeedConfig;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.pool.Issuers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server is started with: the configuration file and the command line together, checked. */
public record ServerOptions(
    Listeners listeners,
    Storage storage,
    @Nullable String publicUrl,
    Issuers.Form issuer,
    @Nullable String accountId,
    Optional<RootKey> rootKey,
    UserPoolConfig userPools,
    DeliveryConfig delivery,
    SeedConfig seed) {
  /** Who may reach this server how. */
  public enum Exposure {
    /**
     * Listens on a loopback address, nothing stands in front: the development endpoints are there.
     */
    DEVELOPMENT,
    /** Behind a reverse proxy, or on an address that others reach: they are not. */
    SERVICE
  }

  /**
   * The listeners.
   *
   * @param port 0 = any free one
   * @param tlsPort null = no TLS listener
   * @param managementPort of the listener for {@code /_gatehouse}; null = the main one, in
   *     development only
   * @param allowTestCredentials whether test/test is a root key
   */
  public record Listeners(
      String host,
      int port,
      @Nullable Integer tlsPort,
      @Nullable Integer managementPort,
      Exposure exposure,
      TrustedProxies proxies,
      boolean allowTestCredentials) {}

  /**
   * Where data is kept.
   *
   * @param data folder; null for an ephemeral server
   * @param postgres null for the embedded database
   */
  public record Storage(@Nullable Path data, @Nullable Postgres postgres) {}

  /** A PostgreSQL database with the master key that it demands. */
  public record Postgres(String url, String user, Secret password, Secret masterKey) {}

  /** A server for tests: any free port, nothing kept. */
  public static ServerOptions ephemeral() {
    return ephemeral(0);
  }

  static ServerOptions ephemeral(int port) {
    return new ServerOptions(
        new Listeners(
            "127.0.0.1", port, null, null, Exposure.DEVELOPMENT, TrustedProxies.none(), false),
        new Storage(null, null),
        null,
        Issuers.Form.OWN,
        null,
        Optional.empty(),
        UserPoolConfig.defaults(),
        DeliveryConfig.none(),
        new SeedConfig(List.of()));
  }

  /** With other listeners. */
  public ServerOptions with(Listeners other) {
    return new ServerOptions(
        other, storage, publicUrl, issuer, accountId, rootKey, userPools, delivery, seed);
  }

  /** With another storage. */
  public ServerOptions with(Storage other) {
    return new ServerOptions(
        listeners, other, publicUrl, issuer, accountId, rootKey, userPools, delivery, seed);
  }

  /** With another issuer form. */
  public ServerOptions with(Issuers.Form form) {
    return new ServerOptions(
        listeners, storage, publicUrl, form, accountId, rootKey, userPools, delivery, seed);
  }

  /** With transports. */
  public ServerOptions with(DeliveryConfig other) {
    return new ServerOptions(
        listeners, storage, publicUrl, issuer, accountId, rootKey, userPools, other, seed);
  }

  /** With a seed. */
  public ServerOptions with(SeedConfig other) {
    return new ServerOptions(
        listeners, storage, publicUrl, issuer, accountId, rootKey, userPools, delivery, other);
  }
}

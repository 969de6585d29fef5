package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.http.TlsFiles;
import dev.gatehouse.http.TrustedProxies;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.LambdaConfig;
import dev.gatehouse.triggers.kms.KmsConfig;
import dev.gatehouse.userpool.SeedConfig;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.pool.Issuers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server is started with: the configuration file and the command line together, checked. */
public record ServerOptions(
    Listeners listeners,
    Storage storage,
    AuditTo audit,
    @Nullable String publicUrl,
    Issuers.Form issuer,
    @Nullable String accountId,
    Optional<RootKey> rootKey,
    UserPoolConfig userPools,
    DeliveryConfig delivery,
    LambdaFunctions functions,
    SeedConfig seed) {
  /** Who may reach this server how. */
  public enum Exposure {
    /**
     * Listens on a loopback address, nothing stands in front, or the operator said so: the
     * development endpoints are there.
     */
    DEVELOPMENT,
    /** Behind a reverse proxy, or on an address that others reach: they are not. */
    SERVICE
  }

  /** How often operations may be called. */
  public enum Limits {
    /** Unsigned calls by address, signed ones freely. */
    OWN,
    /** Cognito's request rates as well (protocol.md §4). */
    AWS
  }

  /** Where audit lines go. */
  public sealed interface AuditTo {
    /** A file a day in a folder. */
    record Folder(Path path) implements AuditTo {}

    record StandardOutput() implements AuditTo {}

    record Nowhere() implements AuditTo {}
  }

  /**
   * The listeners.
   *
   * @param port 0 = any free one
   * @param tls null = no TLS listener
   * @param managementPort of the listener for {@code /_gatehouse}; null = the main one, in
   *     development only
   * @param allowTestCredentials whether test/test is a root key
   */
  public record Listeners(
      String host,
      int port,
      @Nullable TlsListener tls,
      @Nullable Integer managementPort,
      Exposure exposure,
      TrustedProxies proxies,
      boolean allowTestCredentials,
      Limits limits) {
    /** For the developer at this machine alone. */
    static Listeners loopback(int port) {
      return new Listeners(
          "127.0.0.1",
          port,
          null,
          null,
          Exposure.DEVELOPMENT,
          TrustedProxies.none(),
          false,
          Limits.OWN);
    }

    public Listeners with(TlsListener other) {
      return new Listeners(
          host, port, other, managementPort, exposure, proxies, allowTestCredentials, limits);
    }
  }

  /**
   * The TLS listener.
   *
   * @param files null for a certificate of the development CA
   */
  public record TlsListener(String host, int port, @Nullable TlsFiles files) {}

  /**
   * Where data is kept.
   *
   * @param data folder; null for an ephemeral server
   * @param postgres null for the embedded database
   */
  public record Storage(@Nullable Path data, @Nullable Postgres postgres) {}

  /**
   * What triggers call.
   *
   * @param local by name or ARN
   * @param endpoint null = those alone
   * @param keys by ARN
   * @param kms null = those alone
   */
  public record LambdaFunctions(
      Map<String, FunctionConfig> local,
      @Nullable LambdaConfig endpoint,
      Map<String, Secret> keys,
      @Nullable KmsConfig kms) {
    static LambdaFunctions none() {
      return new LambdaFunctions(Map.of(), null, Map.of(), null);
    }
  }

  /** A PostgreSQL database with the master key that it demands. */
  public record Postgres(String url, String user, Secret password, KeySource masterKey) {}

  /** Where a master key comes from that is not in the data folder. */
  public sealed interface KeySource {
    /**
     * Given by the operator.
     *
     * @param next the key that {@code keys rotate-master} changes to
     */
    record Given(Secret key, @Nullable Secret next) implements KeySource {}

    /** Sealed by a KMS, and asked for at start. */
    record FromKms(GatehouseConfig.Kms config) implements KeySource {}
  }

  /** A server for tests: any free port, nothing kept. */
  public static ServerOptions ephemeral() {
    return ephemeral(0);
  }

  static ServerOptions ephemeral(int port) {
    return new ServerOptions(
        Listeners.loopback(port),
        new Storage(null, null),
        new AuditTo.Nowhere(),
        null,
        Issuers.Form.OWN,
        null,
        Optional.empty(),
        UserPoolConfig.defaults(),
        DeliveryConfig.none(),
        LambdaFunctions.none(),
        new SeedConfig(List.of()));
  }

  /** With other listeners. */
  public ServerOptions with(Listeners other) {
    return new ServerOptions(
        other, storage, audit, publicUrl, issuer, accountId, rootKey, userPools, delivery,
        functions, seed);
  }

  /** With another place for audit lines. */
  public ServerOptions with(AuditTo other) {
    return new ServerOptions(
        listeners, storage, other, publicUrl, issuer, accountId, rootKey, userPools, delivery,
        functions, seed);
  }

  /** With another storage. */
  public ServerOptions with(Storage other) {
    return new ServerOptions(
        listeners, other, audit, publicUrl, issuer, accountId, rootKey, userPools, delivery,
        functions, seed);
  }

  /** With another issuer form. */
  public ServerOptions with(Issuers.Form form) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, form, accountId, rootKey, userPools, delivery,
        functions, seed);
  }

  /** With transports. */
  public ServerOptions with(DeliveryConfig other) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, issuer, accountId, rootKey, userPools, other,
        functions, seed);
  }

  /** With functions. */
  public ServerOptions with(LambdaFunctions other) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, issuer, accountId, rootKey, userPools, delivery,
        other, seed);
  }

  /** With a seed. */
  public ServerOptions with(SeedConfig other) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, issuer, accountId, rootKey, userPools, delivery,
        functions, other);
  }

  /** With another root key. */
  public ServerOptions with(Optional<RootKey> other) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, issuer, accountId, other, userPools, delivery,
        functions, seed);
  }

  /** With another address that clients reach it at. */
  public ServerOptions withPublicUrl(String other) {
    return new ServerOptions(
        listeners, storage, audit, other, issuer, accountId, rootKey, userPools, delivery,
        functions, seed);
  }

  /** With another account id. */
  public ServerOptions withAccountId(String other) {
    return new ServerOptions(
        listeners, storage, audit, publicUrl, issuer, other, rootKey, userPools, delivery,
        functions, seed);
  }
}

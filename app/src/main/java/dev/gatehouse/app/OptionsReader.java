package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.app.ServerOptions.Postgres;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.http.TrustedProxies;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.userpool.SeedConfig;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From command line, environment and configuration file to checked options. The command line wins.
 */
final class OptionsReader {
  static final int PORT = 9400;
  private static final int TLS_PORT_AFTER = 43;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private OptionsReader() {}

  /** What the command line said; null where it said nothing. */
  record CommandLine(
      @Nullable Integer port,
      @Nullable String host,
      @Nullable Integer tlsPort,
      @Nullable Path data,
      @Nullable Path config,
      boolean ephemeral,
      boolean behindProxy,
      @Nullable Integer managementPort,
      boolean allowTestCredentials,
      @Nullable String publicUrl,
      @Nullable String issuer,
      @Nullable String accountId) {}

  /**
   * The options.
   *
   * @throws StartRefusedException with a text for the operator
   */
  static ServerOptions read(CommandLine line, Map<String, String> environment) {
    GatehouseConfig file =
        line.config() == null
            ? GatehouseConfig.defaults()
            : new ConfigFile(name -> Optional.ofNullable(environment.get(name)))
                .read(line.config());
    int port = orElse(line.port(), orElse(file.port(), PORT));
    boolean behindProxy = line.behindProxy() || Boolean.TRUE.equals(file.behindProxy());
    String host = orElse(line.host(), orElse(file.host(), "127.0.0.1"));
    boolean loopback = LOOPBACK.contains(host);
    if (!loopback && !behindProxy) {
      throw new StartRefusedException(
          "Listening on "
              + host
              + " would take passwords in clear from other machines. Put a TLS proxy in front and say --behind-proxy.");
    }
    Exposure exposure = loopback && !behindProxy ? Exposure.DEVELOPMENT : Exposure.SERVICE;
    boolean test = line.allowTestCredentials() || Boolean.TRUE.equals(file.allowTestCredentials());
    if (test && exposure == Exposure.SERVICE) {
      throw new StartRefusedException(
          "--allow-test-credentials exists only on a loopback address without --behind-proxy.");
    }
    Integer management =
        line.managementPort() != null ? line.managementPort() : file.managementPort();
    return new ServerOptions(
        new Listeners(
            host,
            port,
            line.tlsPort() != null ? line.tlsPort() : (Integer) (port + TLS_PORT_AFTER),
            management == null && exposure == Exposure.SERVICE
                ? Integer.valueOf(port + 1)
                : management,
            exposure,
            proxies(file),
            test),
        storage(line, file, environment),
        line.publicUrl() != null ? line.publicUrl() : file.publicUrl(),
        issuer(orElse(line.issuer(), orElse(file.issuer(), "own"))),
        line.accountId() != null ? line.accountId() : file.accountId(),
        rootKey(environment),
        userPools(file),
        file.delivery() == null ? DeliveryConfig.none() : file.delivery(),
        file.seed() == null ? new SeedConfig(List.of()) : file.seed());
  }

  private static TrustedProxies proxies(GatehouseConfig file) {
    try {
      return file.trustedProxies() == null
          ? TrustedProxies.none()
          : TrustedProxies.of(file.trustedProxies());
    } catch (IllegalArgumentException notARange) {
      throw new StartRefusedException("trustedProxies: " + notARange.getMessage());
    }
  }

  private static Storage storage(
      CommandLine line, GatehouseConfig file, Map<String, String> environment) {
    GatehouseConfig.Database database = file.database();
    if (database != null) {
      String key = environment.get("GATEHOUSE_MASTER_KEY");
      Secret master =
          database.masterKey() != null ? database.masterKey() : key == null ? null : Secret.of(key);
      if (master == null) {
        throw new StartRefusedException(
            "PostgreSQL needs a master key of yours: database.masterKey in the file, or GATEHOUSE_MASTER_KEY (32 bytes, base64)."
                + " Keep a copy: without it a backup is worthless.");
      }
      return new Storage(
          null,
          new Postgres(
              database.url(),
              orElse(database.user(), "gatehouse"),
              database.password() == null ? Secret.of("") : database.password(),
              master));
    }
    if (line.ephemeral()) {
      return new Storage(null, null);
    }
    Path folder = orElse(line.data(), dataFolder());
    return new Storage(folder.toAbsolutePath(), null);
  }

  /** Where the data are when nobody says otherwise. */
  static Path dataFolder() {
    return Path.of(System.getProperty("user.home"), ".gatehouse");
  }

  private static Issuers.Form issuer(String text) {
    try {
      return Issuers.Form.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new StartRefusedException("issuer is own, original or updated, not '" + text + "'.");
    }
  }

  private static Optional<RootKey> rootKey(Map<String, String> environment) {
    String id = environment.get("GATEHOUSE_ROOT_ACCESS_KEY_ID");
    String secret = environment.get("GATEHOUSE_ROOT_SECRET_ACCESS_KEY");
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      throw new StartRefusedException(
          "GATEHOUSE_ROOT_ACCESS_KEY_ID and GATEHOUSE_ROOT_SECRET_ACCESS_KEY go together.");
    }
    return Optional.of(new RootKey(id, Secret.of(secret)));
  }

  private static UserPoolConfig userPools(GatehouseConfig file) {
    GatehouseConfig.LockOutTimes times = file.lockOut();
    LockOut byDefault = LockOut.COGNITO;
    try {
      return new UserPoolConfig(
          times == null
              ? byDefault
              : new LockOut(
                  orElse(times.threshold(), byDefault.threshold()),
                  times.firstSeconds() == null
                      ? byDefault.first()
                      : Duration.ofSeconds(times.firstSeconds()),
                  times.longestSeconds() == null
                      ? byDefault.longest()
                      : Duration.ofSeconds(times.longestSeconds())),
          TierGates.valueOf(orElse(file.tierGates(), "enforced").toUpperCase(Locale.ROOT)),
          ReusePolicy.valueOf(orElse(file.refreshReuse(), "revoke").toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException unusable) {
      throw new StartRefusedException(
          "The configuration is not valid: "
              + unusable.getMessage()
              + " (tierGates: enforced or off; refreshReuse: revoke or refuse)");
    }
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}

package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.GatehouseConfig.LogLevel;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.KeySource;
import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.app.ServerOptions.Limits;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.app.ServerOptions.Postgres;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.app.ServerOptions.TlsListener;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.http.TlsFiles;
import dev.gatehouse.http.TrustedProxies;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.FunctionInvoker;
import dev.gatehouse.userpool.SeedConfig;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From command line, environment and configuration file to checked options. The command line wins.
 */
final class OptionsReader {
  static final int PORT = 9400;
  private static final int TLS_PORT_AFTER = 43;
  private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
  private static final String LOOPBACK_ADDRESS = "127.0.0.1";
  static final Set<String> LOOPBACK = Set.of(LOOPBACK_ADDRESS, "::1", "localhost");

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
      boolean development,
      @Nullable String publicUrl,
      @Nullable String issuer,
      @Nullable String accountId) {
    /** Where the data are, and nothing else; for commands on them. */
    static CommandLine ofData(@Nullable Path data, @Nullable Path config) {
      return new CommandLine(
          null, null, null, data, config, false, false, null, false, false, null, null, null);
    }
  }

  /**
   * The options.
   *
   * @throws StartRefusedException with a text for the operator
   */
  static ServerOptions read(CommandLine line, Map<String, String> environment) {
    GatehouseConfig file = file(line, environment);
    Storage storage = storage(line, file, environment);
    return new ServerOptions(
        listeners(line, file),
        storage,
        audit(file, storage),
        publicUrl(line.publicUrl() != null ? line.publicUrl() : file.publicUrl()),
        word("issuer", Issuers.Form.class, orElse(line.issuer(), orElse(file.issuer(), "own"))),
        accountId(line.accountId() != null ? line.accountId() : file.accountId()),
        rootKey(environment),
        userPools(file),
        file.delivery() == null ? DeliveryConfig.none() : file.delivery(),
        functions(file),
        file.seed() == null ? new SeedConfig(List.of()) : file.seed());
  }

  private static LambdaFunctions functions(GatehouseConfig file) {
    Map<String, FunctionConfig> local = orElse(file.functions(), Map.of());
    local.forEach((name, function) -> {
      if (!FunctionInvoker.isName(name)) {
        throw new StartRefusedException(
            "functions: '" + name + "' is no name or ARN of a function.");
      }
      String directory = function.directory();
      if (directory != null && !Files.isDirectory(Path.of(directory))) {
        throw new StartRefusedException(
            "functions: " + name + ": the directory " + directory + " does not exist.");
      }
    });
    return new LambdaFunctions(local, file.lambda(), orElse(file.kmsKeys(), Map.of()), file.kms());
  }

  /** Scheme and host, as issuers begin; without the slash at the end. */
  private static @Nullable String publicUrl(@Nullable String url) {
    if (url == null) {
      return null;
    }
    try {
      URI uri = new URI(url);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (URISyntaxException noAddress) {
      // refused below
    }
    throw new StartRefusedException(
        "publicUrl is an address such as https://login.example.com, not '" + url + "'.");
  }

  private static @Nullable String accountId(@Nullable String id) {
    if (id != null && !ACCOUNT_ID.matcher(id).matches()) {
      throw new StartRefusedException("accountId has 12 digits, '" + id + "' has not.");
    }
    return id;
  }

  private static GatehouseConfig file(CommandLine line, Map<String, String> environment) {
    return line.config() == null
        ? GatehouseConfig.defaults()
        : new ConfigFile(name -> Optional.ofNullable(environment.get(name))).read(line.config());
  }

  /** The levels that the configuration file gives now. */
  static Map<String, LogLevel> logLevels(CommandLine line, Map<String, String> environment) {
    return orElse(file(line, environment).logLevels(), Map.of());
  }

  /**
   * Who can reach what: passwords never go in clear over a network, unless the operator says so.
   */
  private static Listeners listeners(CommandLine line, GatehouseConfig file) {
    int port = port("port", orElse(line.port(), orElse(file.port(), PORT)));
    String host = orElse(line.host(), orElse(file.host(), LOOPBACK_ADDRESS));
    boolean behindProxy = line.behindProxy() || Boolean.TRUE.equals(file.behindProxy());
    boolean development = line.development() || Boolean.TRUE.equals(file.development());
    boolean loopback = LOOPBACK.contains(host);
    TlsFiles tls =
        file.tls() == null
            ? null
            : new TlsFiles(
                Path.of(needed("tls: certificates", file.tls().certificates())),
                Path.of(needed("tls: key", file.tls().key())));
    if (!loopback && !behindProxy && !development && tls == null) {
      throw new StartRefusedException(
          "Listening on "
              + host
              + " would take passwords in clear from other machines. Give a certificate (tls: in the"
              + " configuration file), or put a TLS proxy in front and say --behind-proxy.");
    }
    if (development && behindProxy) {
      throw new StartRefusedException(
          "--development opens inbox and clock to everybody; it does not go with --behind-proxy.");
    }
    Exposure exposure =
        development || loopback && !behindProxy ? Exposure.DEVELOPMENT : Exposure.SERVICE;
    boolean test = line.allowTestCredentials() || Boolean.TRUE.equals(file.allowTestCredentials());
    if (test && exposure == Exposure.SERVICE) {
      throw new StartRefusedException(
          "--allow-test-credentials exists only on a loopback address without --behind-proxy.");
    }
    Integer tlsPort = line.tlsPort() != null ? line.tlsPort() : file.tlsPort();
    Integer management =
        line.managementPort() != null ? line.managementPort() : file.managementPort();
    return new Listeners(
        behindProxy || development || loopback ? host : LOOPBACK_ADDRESS,
        port,
        new TlsListener(
            host, port("tlsPort", tlsPort == null ? port + TLS_PORT_AFTER : tlsPort), tls),
        management == null && exposure == Exposure.SERVICE
            ? Integer.valueOf(port("managementPort", port + 1))
            : management == null ? null : Integer.valueOf(port("managementPort", management)),
        exposure,
        proxies(file),
        test,
        word("limits", Limits.class, orElse(file.limits(), "own")));
  }

  private static int port(String key, int number) {
    if (number < 0 || number > 65_535) {
      throw new StartRefusedException(key + " is from 0 to 65535, not " + number + ".");
    }
    return number;
  }

  private static AuditTo audit(GatehouseConfig file, Storage storage) {
    String said = file.audit();
    Path data = storage.data();
    if (said == null) {
      return data != null
          ? new AuditTo.Folder(data.resolve("audit"))
          : storage.postgres() != null ? new AuditTo.StandardOutput() : new AuditTo.Nowhere();
    }
    return switch (said) {
      case "stdout" -> new AuditTo.StandardOutput();
      case "none" -> new AuditTo.Nowhere();
      default -> new AuditTo.Folder(Path.of(said));
    };
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
      String url = needed("database: url", database.url());
      return new Storage(
          null,
          new Postgres(
              url,
              orElse(database.user(), "gatehouse"),
              database.password() == null ? Secret.of("") : database.password(),
              masterKey(database, environment)));
    }
    if (line.ephemeral()) {
      if (line.data() != null) {
        throw new StartRefusedException("--ephemeral keeps nothing; it does not go with --data.");
      }
      return new Storage(null, null);
    }
    Path folder = orElse(line.data(), dataFolder());
    return new Storage(folder.toAbsolutePath(), null);
  }

  /** Where the data are when nobody says otherwise. */
  static Path dataFolder() {
    return Path.of(System.getProperty("user.home"), ".gatehouse");
  }

  private static KeySource masterKey(
      GatehouseConfig.Database database, Map<String, String> environment) {
    if (database.kms() != null) {
      return new KeySource.FromKms(database.kms());
    }
    Secret master = secret(database.masterKey(), environment, "GATEHOUSE_MASTER_KEY");
    if (master == null) {
      throw new StartRefusedException(
          "PostgreSQL needs a master key of yours: database.masterKey in the file, or"
              + " GATEHOUSE_MASTER_KEY (32 bytes, base64), or database.kms. Keep a copy: without it a"
              + " backup is worthless.");
    }
    return new KeySource.Given(
        master, secret(database.nextMasterKey(), environment, "GATEHOUSE_NEXT_MASTER_KEY"));
  }

  private static @Nullable Secret secret(
      @Nullable Secret inFile, Map<String, String> environment, String variable) {
    String there = environment.get(variable);
    return inFile != null ? inFile : there == null ? null : Secret.of(there);
  }

  /** One of an enum's words, in any case. */
  private static <E extends Enum<E>> E word(String key, Class<E> words, String text) {
    try {
      return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new StartRefusedException(
          key
              + " is one of "
              + Arrays.stream(words.getEnumConstants())
                  .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "))
              + "; not '"
              + text
              + "'.");
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
    return new UserPoolConfig(
        times == null ? LockOut.COGNITO : lockOut(times),
        word("tierGates", TierGates.class, orElse(file.tierGates(), "enforced")),
        word("refreshReuse", ReusePolicy.class, orElse(file.refreshReuse(), "revoke")),
        word("sessionClaim", SessionClaim.class, orElse(file.sessionClaim(), "sid")));
  }

  private static LockOut lockOut(GatehouseConfig.LockOutTimes times) {
    LockOut byDefault = LockOut.COGNITO;
    try {
      return new LockOut(
          orElse(times.threshold(), byDefault.threshold()),
          times.firstSeconds() == null
              ? byDefault.first()
              : Duration.ofSeconds(times.firstSeconds()),
          times.longestSeconds() == null
              ? byDefault.longest()
              : Duration.ofSeconds(times.longestSeconds()));
    } catch (IllegalArgumentException unusable) {
      throw new StartRefusedException("lockOut: " + unusable.getMessage());
    }
  }

  private static String needed(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new StartRefusedException(key + " is missing in the configuration file.");
    }
    return value;
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}

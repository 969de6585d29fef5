package dev.gatehouse.app;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.SeedConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code gatehouse.yaml}. What is absent has the default that docs/configuration.md names; the
 * command line wins.
 */
public record GatehouseConfig(
    @JsonPropertyDescription("Port of the main listener, 9400.") @Nullable Integer port,
    @JsonPropertyDescription(
            "Address to listen on, 127.0.0.1. Another one needs tls or behindProxy; with tls alone the plain listener stays on 127.0.0.1.")
        @Nullable String host,
    @JsonPropertyDescription("Port of the TLS listener, port + 43.") @Nullable Integer tlsPort,
    @JsonPropertyDescription(
            "Certificate of the TLS listener, read again on SIGHUP; without it one of a development CA made in the data folder.")
        @Nullable Tls tls,
    @JsonPropertyDescription(
            "The address that clients reach this server at; the only source of issuers and links.")
        @Nullable String publicUrl,
    @JsonPropertyDescription(
            "Issuer form of pools without an IssuerConfiguration: own, original, updated.")
        @Nullable String issuer,
    @JsonPropertyDescription("AWS account id in ARNs, 12 digits; fixed at the first start.")
        @Nullable String accountId,
    @JsonPropertyDescription("Whether a reverse proxy stands in front of this server.")
        @Nullable Boolean behindProxy,
    @JsonPropertyDescription("CIDR ranges whose X-Forwarded-For is believed.")
        @Nullable List<String> trustedProxies,
    @JsonPropertyDescription("Port of the management listener when it is not the main one.")
        @Nullable Integer managementPort,
    @JsonPropertyDescription("Accept the access key test/test; loopback only.")
        @Nullable Boolean allowTestCredentials,
    @JsonPropertyDescription(
            "Inbox, reset, clock and test credentials on any address; for test images alone.")
        @Nullable Boolean development,
    @JsonPropertyDescription(
            "own: unsigned calls 20 a second an address, burst 100; aws: Cognito's request rates as well.")
        @Nullable String limits,
    @JsonPropertyDescription(
            "Where audit lines go: a folder, stdout or none. Default: DATA/audit, stdout with PostgreSQL, none when ephemeral.")
        @Nullable String audit,
    @JsonPropertyDescription(
            "Levels by logger name, e.g. dev.gatehouse: debug; read again on SIGHUP.")
        @Nullable Map<String, LogLevel> logLevels,
    @JsonPropertyDescription("PostgreSQL instead of the embedded SQLite.")
        @Nullable Database database,
    @JsonPropertyDescription("Lock-out after wrong passwords.") @Nullable LockOutTimes lockOut,
    @JsonPropertyDescription("Whether features are held to a pool's tier: enforced, off.")
        @Nullable String tierGates,
    @JsonPropertyDescription("What an old refresh token does: revoke its family, or refuse only.")
        @Nullable String refreshReuse,
    @JsonPropertyDescription("How e-mails and SMS leave.") @Nullable DeliveryConfig delivery,
    @JsonPropertyDescription("Pools, clients and users that shall be there.")
        @Nullable SeedConfig seed) {
  /** PEM files. */
  public record Tls(
      @JsonPropertyDescription("The server's certificate, then those that vouch for it.")
          @Nullable String certificates,
      @JsonPropertyDescription("The key, not encrypted: PKCS #8, PKCS #1 or SEC 1.")
          @Nullable String key) {}

  /** As logback names them. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE,
    OFF
  }

  /** A PostgreSQL database. */
  public record Database(
      @JsonPropertyDescription("jdbc:postgresql://host:port/name") @Nullable String url,
      @JsonPropertyDescription("Role, gatehouse.") @Nullable String user,
      @JsonPropertyDescription("The role's password.") @Nullable Secret password,
      @JsonPropertyDescription(
              "32 bytes as base64 or hexadecimal digits; or GATEHOUSE_MASTER_KEY. Without it no backup opens.")
          @Nullable Secret masterKey,
      @JsonPropertyDescription(
              "The key that keys rotate-master changes to; or GATEHOUSE_NEXT_MASTER_KEY.")
          @Nullable Secret nextMasterKey,
      @JsonPropertyDescription("Have the master key from a KMS-compatible endpoint instead.")
          @Nullable Kms kms) {}

  /** AWS KMS, or what speaks its protocol. */
  public record Kms(
      @JsonPropertyDescription("https://kms.eu-west-1.amazonaws.com/") String url,
      @JsonPropertyDescription("Region that requests are signed for.") String region,
      @JsonPropertyDescription("Access key that may call kms:Decrypt.") String accessKeyId,
      @JsonPropertyDescription("Its secret.") Secret secretAccessKey,
      @JsonPropertyDescription(
              "CiphertextBlob of kms generate-data-key-without-plaintext --number-of-bytes 32, base64.")
          String ciphertext,
      @JsonPropertyDescription("The like for the key that keys rotate-master changes to.")
          @Nullable String nextCiphertext,
      @JsonPropertyDescription(
              "Whether the endpoint may have a private address and be called without TLS, false.")
          @Nullable Boolean privateHost) {}

  /** Times in seconds. */
  public record LockOutTimes(
      @JsonPropertyDescription("The wrong password in a row that locks first, 5.")
          @Nullable Integer threshold,
      @JsonPropertyDescription("The first lock-out, 1; it doubles with each further one.")
          @Nullable Integer firstSeconds,
      @JsonPropertyDescription("The longest lock-out, 900.") @Nullable Integer longestSeconds) {}

  public static GatehouseConfig defaults() {
    return new GatehouseConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }
}

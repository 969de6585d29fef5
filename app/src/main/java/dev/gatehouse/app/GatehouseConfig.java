package dev.gatehouse.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.LambdaConfig;
import dev.gatehouse.triggers.kms.KmsConfig;
import dev.gatehouse.userpool.SeedConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code gatehouse.yaml}. What is absent has the default that docs/configuration.md names; the
 * command line wins.
 */
public record GatehouseConfig(
    @JsonProperty(defaultValue = "9400") @JsonPropertyDescription("Port of the main listener.")
        @Nullable Integer port,
    @JsonProperty(defaultValue = "127.0.0.1")
        @JsonPropertyDescription(
            "Address to listen on. Another one needs tls or behindProxy; with tls alone the plain listener stays on 127.0.0.1.")
        @Nullable String host,
    @JsonPropertyDescription("Port of the TLS listener. Default: port + 43.")
        @Nullable Integer tlsPort,
    @JsonPropertyDescription(
            "Certificate of the TLS listener, read again on SIGHUP; without it one of a development CA made in the data folder.")
        @Nullable Tls tls,
    @JsonPropertyDescription(
            "The address that clients reach this server at; the only source of issuers and links. Default: http://localhost:port.")
        @Nullable String publicUrl,
    @JsonProperty(defaultValue = "own")
        @JsonPropertyDescription(
            "Issuer form of pools without an IssuerConfiguration: own (publicUrl/pool), original or updated, as on AWS.")
        @Nullable String issuer,
    @JsonPropertyDescription(
            "AWS account id in ARNs, 12 digits; fixed at the first start. Default: 000000000000.")
        @Nullable String accountId,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether a reverse proxy with TLS stands in front of this server.")
        @Nullable Boolean behindProxy,
    @JsonPropertyDescription("CIDR ranges whose X-Forwarded-For is believed.")
        @Nullable List<String> trustedProxies,
    @JsonPropertyDescription(
            "Port of a listener on 127.0.0.1 for /_gatehouse. Default: port + 1 behind a proxy or on an address that others reach, else /_gatehouse is on the main listener.")
        @Nullable Integer managementPort,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Take the access key test/test for the root key; in development only.")
        @Nullable Boolean allowTestCredentials,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Inbox, reset, clock and test credentials on any address; for test images alone.")
        @Nullable Boolean development,
    @JsonProperty(defaultValue = "own")
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
    @JsonProperty(defaultValue = "enforced")
        @JsonPropertyDescription("Whether features are held to a pool's tier (UserPoolTier).")
        @Nullable String tierGates,
    @JsonProperty(defaultValue = "revoke")
        @JsonPropertyDescription(
            "What becomes of a rotated refresh token that is used again: revoke ends its whole sign-in, refuse refuses it only.")
        @Nullable String refreshReuse,
    @JsonProperty(defaultValue = "sid")
        @JsonPropertyDescription(
            "sid: tokens of a pool that tracks sessions name theirs in the claim sid; none: they do not.")
        @Nullable String sessionClaim,
    @JsonPropertyDescription("How e-mails and SMS leave.") @Nullable DeliveryConfig delivery,
    @JsonPropertyDescription(
            "Lambda functions that this server runs itself, by name or ARN; what pools' triggers call. They run with its privileges.")
        @Nullable Map<String, FunctionConfig> functions,
    @JsonPropertyDescription(
            "AWS Lambda, or what speaks its Invoke API, for functions that are not under functions.")
        @Nullable LambdaConfig lambda,
    @JsonPropertyDescription(
            "Keys by ARN (arn:aws:kms:REGION:ACCOUNT:key/ID), 32 bytes each as base64 or hexadecimal digits: for codes that go to a pool's own senders (LambdaConfig.KMSKeyID). Served by Encrypt, Decrypt and GenerateDataKey of KMS.")
        @Nullable Map<String, Secret> kmsKeys,
    @JsonPropertyDescription(
            "AWS KMS, or what speaks its protocol, for keys that are not under kmsKeys.")
        @Nullable KmsConfig kms,
    @JsonPropertyDescription(
            "Pools, clients, groups and users that shall be there: what is missing is made, what is there is never changed.")
        @Nullable SeedConfig seed) {
  /** PEM files. */
  public record Tls(
      @JsonPropertyDescription(
              "PEM file: the server's certificate, then those that vouch for it. Needed.")
          @Nullable String certificates,
      @JsonPropertyDescription(
              "PEM file: the key, not encrypted: PKCS #8, PKCS #1 or SEC 1. Needed.")
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
      @JsonPropertyDescription("jdbc:postgresql://host:port/name. Needed.") @Nullable String url,
      @JsonProperty(defaultValue = "gatehouse") @JsonPropertyDescription("Role to sign in as.")
          @Nullable String user,
      @JsonPropertyDescription("The role's password.") @Nullable Secret password,
      @JsonPropertyDescription(
              "32 bytes as base64 or hexadecimal digits; here or in GATEHOUSE_MASTER_KEY. Needed unless kms is given; without it no backup opens.")
          @Nullable Secret masterKey,
      @JsonPropertyDescription(
              "The key that keys rotate-master changes to; here or in GATEHOUSE_NEXT_MASTER_KEY.")
          @Nullable Secret nextMasterKey,
      @JsonPropertyDescription(
              "Have the master key from AWS KMS, or what speaks its protocol, instead.")
          @Nullable Kms kms) {}

  /** AWS KMS, or what speaks its protocol. */
  public record Kms(
      @JsonPropertyDescription("The endpoint, e.g. https://kms.eu-west-1.amazonaws.com/.")
          String url,
      @JsonPropertyDescription("Region that requests are signed for.") String region,
      @JsonPropertyDescription("Access key that may call kms:Decrypt.") String accessKeyId,
      @JsonPropertyDescription("Its secret.") Secret secretAccessKey,
      @JsonPropertyDescription(
              "CiphertextBlob of kms generate-data-key-without-plaintext --number-of-bytes 32, base64.")
          String ciphertext,
      @JsonPropertyDescription("The like for the key that keys rotate-master changes to.")
          @Nullable String nextCiphertext,
      @JsonProperty(defaultValue = "false")
          @JsonPropertyDescription(
              "Whether the endpoint may have a private address and be called without TLS.")
          @Nullable Boolean privateHost) {}

  /** Times in seconds. */
  public record LockOutTimes(
      @JsonProperty(defaultValue = "5")
          @JsonPropertyDescription("The wrong password in a row that locks first.")
          @Nullable Integer threshold,
      @JsonProperty(defaultValue = "1")
          @JsonPropertyDescription(
              "The first lock-out in seconds; it doubles with each further one.")
          @Nullable Integer firstSeconds,
      @JsonProperty(defaultValue = "900")
          @JsonPropertyDescription("The longest lock-out in seconds.")
          @Nullable Integer longestSeconds) {}

  public static GatehouseConfig defaults() {
    return new GatehouseConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null);
  }
}

package dev.gatehouse.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.SeedConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gatehouse.yaml}. What is absent has the default that docs/configuration.md names; the
 * command line wins.
 */
public record GatehouseConfig(
    @JsonPropertyDescription("Port of the main listener, 9400.") @Nullable Integer port,
    @JsonPropertyDescription(
            "Address of the main listener, 127.0.0.1. Another one needs TLS or behindProxy.")
        @Nullable String host,
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
  /** A PostgreSQL database. */
  public record Database(
      @JsonProperty(required = true) String url,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable Secret masterKey) {}

  /** Times in seconds. */
  public record LockOutTimes(
      @Nullable Integer threshold,
      @Nullable Integer firstSeconds,
      @Nullable Integer longestSeconds) {}

  public static GatehouseConfig defaults() {
    return new GatehouseConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}

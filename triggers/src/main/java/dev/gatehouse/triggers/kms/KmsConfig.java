package dev.gatehouse.triggers.kms;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code kms:} of the configuration file: AWS KMS, or what speaks its protocol. */
public record KmsConfig(
    @JsonPropertyDescription("The endpoint, e.g. https://kms.eu-west-1.amazonaws.com/.")
        String endpoint,
    @JsonPropertyDescription("Region that requests are signed for.") String region,
    @JsonPropertyDescription("Access key that may call kms:GenerateDataKey.") String accessKeyId,
    @JsonPropertyDescription("Its secret.") Secret secretAccessKey,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Whether the endpoint may have a private address and be called without TLS.")
        @Nullable Boolean privateHost) {
  public KmsConfig {
    Objects.requireNonNull(endpoint, "kms.endpoint is missing");
    Objects.requireNonNull(region, "kms.region is missing");
    Objects.requireNonNull(accessKeyId, "kms.accessKeyId is missing");
    Objects.requireNonNull(secretAccessKey, "kms.secretAccessKey is missing");
    URI uri = address(endpoint);
    boolean near = Boolean.TRUE.equals(privateHost) && "http".equals(uri.getScheme());
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !("https".equals(uri.getScheme()) || near)) {
      throw new IllegalArgumentException(
          "kms.endpoint is an https address (http with privateHost alone)");
    }
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("kms.endpoint is not an address", e);
    }
  }

  boolean mayBePrivate() {
    return Boolean.TRUE.equals(privateHost);
  }
}

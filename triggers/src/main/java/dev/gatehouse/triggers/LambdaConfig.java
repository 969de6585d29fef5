package dev.gatehouse.triggers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code lambda:} of the configuration file: AWS Lambda, or what speaks its Invoke API. Events hold
 * attributes and, for a migration, passwords: in clear they go to the operator's own hosts alone.
 */
public record LambdaConfig(
    @JsonPropertyDescription("The endpoint, e.g. https://lambda.eu-west-1.amazonaws.com/.")
        String endpoint,
    @JsonPropertyDescription("Region that requests are signed for.") String region,
    @JsonPropertyDescription("Access key that may call lambda:InvokeFunction.") String accessKeyId,
    @JsonPropertyDescription("Its secret.") Secret secretAccessKey,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Whether the endpoint may have a private address and be called without TLS.")
        @Nullable Boolean privateHost) {
  public LambdaConfig {
    Objects.requireNonNull(endpoint, "lambda.endpoint is missing");
    Objects.requireNonNull(region, "lambda.region is missing");
    Objects.requireNonNull(accessKeyId, "lambda.accessKeyId is missing");
    Objects.requireNonNull(secretAccessKey, "lambda.secretAccessKey is missing");
    URI uri = address(endpoint);
    boolean near = Boolean.TRUE.equals(privateHost) && "http".equals(uri.getScheme());
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || !("https".equals(uri.getScheme()) || near)) {
      throw new IllegalArgumentException(
          "lambda.endpoint is an https address (http with privateHost alone)");
    }
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("lambda.endpoint is not an address", e);
    }
  }

  boolean mayBePrivate() {
    return Boolean.TRUE.equals(privateHost);
  }
}

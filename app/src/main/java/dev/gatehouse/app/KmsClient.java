package dev.gatehouse.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.app.GatehouseConfig.Kms;
import dev.gatehouse.delivery.OutboundHttp;
import dev.gatehouse.delivery.OutboundHttp.Answer;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.store.StartRefusedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a KMS-compatible endpoint for the master key: operation Decrypt of AWS KMS, JSON 1.1,
 * signed. What the configuration holds is worthless without that service; the key itself is in
 * memory alone.
 */
final class KmsClient {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private final Kms config;
  private final WallClock clock;

  KmsClient(Kms config, WallClock clock) {
    this.config = config;
    this.clock = clock;
  }

  private record DecryptRequest(@JsonProperty("CiphertextBlob") String ciphertextBlob) {}

  private record DecryptResponse(
      @JsonProperty("Plaintext") @Nullable String plaintext,
      @JsonProperty("__type") @Nullable String type) {
    /** Hides the key. */
    @Override
    public String toString() {
      return "DecryptResponse";
    }
  }

  /**
   * The key in a ciphertext of {@code generate-data-key-without-plaintext --number-of-bytes 32}.
   *
   * @param ciphertext base64, as the AWS CLI prints it
   * @return base64
   * @throws StartRefusedException with a text for the operator that holds nothing of the key
   */
  Secret decrypt(String ciphertext) {
    URI uri = URI.create(config.url());
    byte[] body = Json.write(new DecryptRequest(ciphertext));
    Map<String, String> headers =
        new RequestSigner(config.region(), "kms", config.accessKeyId(), config.secretAccessKey())
            .sign(
                "POST",
                uri,
                Map.of("Content-Type", CONTENT_TYPE, "X-Amz-Target", "TrentService.Decrypt"),
                body,
                clock.now());
    List<String> mayBePrivate =
        Boolean.TRUE.equals(config.privateHost()) ? List.of(uri.getHost()) : List.of();
    try (OutboundHttp http = new OutboundHttp(mayBePrivate)) {
      return read(http.post(uri, headers, body));
    } catch (CallFailedException failure) {
      throw new StartRefusedException(
          "The master key cannot be had from KMS: " + failure.getMessage(), failure);
    }
  }

  private static Secret read(Answer answer) {
    DecryptResponse response;
    try {
      response = Json.read(answer.body(), DecryptResponse.class);
    } catch (WireTypeException unreadable) {
      response = new DecryptResponse(null, null);
    }
    if (answer.status() == 200 && response.plaintext() != null) {
      return Secret.of(response.plaintext());
    }
    String type = response.type();
    throw new StartRefusedException(
        "The master key cannot be had from KMS: it answered "
            + answer.status()
            + (type == null || type.length() > 100 ? "" : " " + type)
            + ".");
  }
}

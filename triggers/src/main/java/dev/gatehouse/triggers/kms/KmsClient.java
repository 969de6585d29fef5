package dev.gatehouse.triggers.kms;

import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import dev.gatehouse.delivery.OutboundHttp;
import dev.gatehouse.delivery.OutboundHttp.Answer;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.Blob;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.model.kms.GenerateDataKeyRequest;
import dev.gatehouse.model.kms.GenerateDataKeyResponse;
import dev.gatehouse.triggers.kms.DataKeys.UnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** GenerateDataKey of a KMS-compatible endpoint, signed. */
public final class KmsClient implements AutoCloseable {
  private static final int BYTES = 32;
  private static final int OK = 200;

  private final URI uri;
  private final OutboundHttp http;
  private final RequestSigner signer;
  private final WallClock clock;

  public KmsClient(KmsConfig config, WallClock clock) {
    this.uri = URI.create(config.endpoint());
    this.http = new OutboundHttp(config.mayBePrivate() ? List.of(uri.getHost()) : List.of());
    this.signer =
        new RequestSigner(config.region(), "kms", config.accessKeyId(), config.secretAccessKey());
    this.clock = clock;
  }

  DataKey generate(String keyArn, Map<String, String> context) throws UnavailableException {
    byte[] body =
        Json.write(
            GenerateDataKeyRequest.builder()
                .keyId(keyArn)
                .numberOfBytes(BYTES)
                .encryptionContext(context)
                .build());
    Map<String, String> headers =
        signer.sign(
            "POST",
            uri,
            Map.of(
                "Content-Type",
                "application/x-amz-json-1.1",
                "X-Amz-Target",
                "TrentService.GenerateDataKey"),
            body,
            clock.now());
    try {
      return read(keyArn, http.post(uri, headers, body));
    } catch (CallFailedException failure) {
      throw new UnavailableException("KMS: " + failure.getMessage());
    }
  }

  private static DataKey read(String keyArn, Answer answer) throws UnavailableException {
    if (answer.status() == OK) {
      try {
        GenerateDataKeyResponse response = Json.read(answer.body(), GenerateDataKeyResponse.class);
        Blob plaintext = response.plaintext();
        Blob ciphertext = response.ciphertextBlob();
        if (plaintext != null && ciphertext != null && plaintext.size() == BYTES) {
          // an alias or another form of the name answers with the ARN that decrypts
          String arn = response.keyId() == null ? keyArn : response.keyId();
          return new DataKey(arn, Secret.of(plaintext.toBytes()), ciphertext.toBytes());
        }
      } catch (WireTypeException unreadable) {
        throw new UnavailableException("KMS answered what cannot be read");
      }
    }
    throw new UnavailableException("KMS answered " + answer.status());
  }

  @Override
  public void close() {
    http.close();
  }
}

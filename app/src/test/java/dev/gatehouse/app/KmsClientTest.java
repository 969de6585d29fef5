package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.app.GatehouseConfig.Kms;
import dev.gatehouse.http.AccessLog;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpConfig;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.StartRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against an endpoint that checks what KMS checks: the signature, the operation, the ciphertext.
 */
class KmsClientTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";
  private static final Secret SECRET = Secret.of("the secret of the KMS key id");
  private final SigV4Verifier verifier =
      new SigV4Verifier(
          AccessKeys.only(
              "AKIAKMS", new AccessKey(SECRET, new Caller.Signed("arn", "id", "AKIAKMS"))),
          WallClock.system(),
          Secret.of("nobody's"));
  private final HttpListener kms =
      HttpListener.start(
          HttpConfig.loopback(0),
          new Router().add("POST", "/", Router.DEFAULT_BODY, this::answer),
          WallClock.system(),
          new AccessLog());

  private HttpAnswer answer(HttpRequest request) {
    SignedRequest signed =
        new SignedRequest(
            request.method(), request.path(), request.query(), request.headers(), request.body());
    String body = new String(request.body(), UTF_8);
    if (!(verifier.verify(signed, "kms") instanceof SignatureVerdict.Verified)) {
      return HttpAnswer.json(400, "{\"__type\":\"InvalidSignatureException\"}");
    }
    if (!request.header("x-amz-target").equals("TrentService.Decrypt")) {
      return HttpAnswer.json(400, "{\"__type\":\"UnknownOperationException\"}");
    }
    return switch (body) {
      case "{\"CiphertextBlob\":\"c2VhbGVk\"}" ->
          HttpAnswer.json(200, "{\"KeyId\":\"k\",\"Plaintext\":\"" + KEY + "\"}");
      case "{\"CiphertextBlob\":\"bm9uZQ==\"}" -> HttpAnswer.text(200, "not JSON");
      default -> HttpAnswer.json(400, "{\"__type\":\"InvalidCiphertextException\"}");
    };
  }

  @AfterEach
  void stop() {
    kms.close();
  }

  private Secret decrypt(String ciphertext, Secret secret, boolean privateHost) {
    String url = "http://127.0.0.1:" + kms.port() + "/";
    Kms config = new Kms(url, "eu-west-1", "AKIAKMS", secret, ciphertext, null, privateHost);
    return new KmsClient(config, WallClock.system()).decrypt(ciphertext);
  }

  @Test
  void a_sealed_key_is_opened_by_a_signed_call() {
    Secret key = decrypt("c2VhbGVk", SECRET, true);
    assertThat(MasterKey.parse(key).fingerprint())
        .isEqualTo(MasterKey.parse(Secret.of(KEY)).fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "b3RoZXI=,right,400 InvalidCiphertextException",
    "c2VhbGVk,wrong,400 InvalidSignatureException",
    "bm9uZQ==,right,answered 200."
  })
  void a_refusal_is_told_without_the_key(String ciphertext, String secret, String text) {
    assertThatThrownBy(
            () -> decrypt(ciphertext, secret.equals("right") ? SECRET : Secret.of(secret), true))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(text)
        .message()
        .doesNotContain(KEY)
        .doesNotContain(ciphertext);
  }

  @Test
  void a_private_address_is_called_only_where_it_is_allowed() {
    assertThatThrownBy(() -> decrypt("c2VhbGVk", SECRET, false))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("https alone");
  }
}

package dev.gatehouse.triggers.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.crypto.Sealer;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Blob;
import dev.gatehouse.model.kms.DataKeySpec;
import dev.gatehouse.model.kms.DecryptRequest;
import dev.gatehouse.model.kms.DecryptResponse;
import dev.gatehouse.model.kms.EncryptRequest;
import dev.gatehouse.model.kms.EncryptResponse;
import dev.gatehouse.model.kms.EncryptionAlgorithmSpec;
import dev.gatehouse.model.kms.GenerateDataKeyRequest;
import dev.gatehouse.model.kms.GenerateDataKeyResponse;
import dev.gatehouse.model.kms.KmsOperations;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@org.jspecify.annotations.NullUnmarked
class OwnKeysTest {
  private static final String ARN = "arn:aws:kms:eu-west-1:000000000000:key/one";
  private static final String OTHER = "arn:aws:kms:eu-west-1:000000000000:key/two";
  private static final String ELSEWHERE = "arn:aws:kms:us-east-1:000000000000:key/three";
  private static final Map<String, String> CONTEXT = Map.of("userpool-id", "eu-west-1_a");

  private final OwnKeys keys =
      keys(
          Map.of(
              ARN,
              Secret.of("00".repeat(32)),
              OTHER,
              Secret.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8="),
              ELSEWHERE,
              Secret.of("22".repeat(32))));
  private final GenerateDataKey generate = new GenerateDataKey(keys);
  private final Encrypt encrypt = new Encrypt(keys);
  private final Decrypt decrypt = new Decrypt(keys);

  private static OwnKeys keys(Map<String, Secret> given) {
    SecureRandom random = new SecureRandom();
    return new OwnKeys(given, new Sealer(random), new Ids(random));
  }

  private static RequestContext in(String region) {
    return new RequestContext("r", region, new Caller.Signed("arn", "id", "AKIA"), "::1", "");
  }

  private GenerateDataKeyResponse dataKey(Consumer<GenerateDataKeyRequest.Builder> more) {
    GenerateDataKeyRequest.Builder request =
        GenerateDataKeyRequest.builder()
            .keyId(ARN)
            .keySpec(DataKeySpec.AES_256)
            .encryptionContext(CONTEXT);
    more.accept(request);
    return generate.handle(request.build(), in("eu-west-1"));
  }

  private DecryptResponse decrypted(Blob sealed, Consumer<DecryptRequest.Builder> more) {
    DecryptRequest.Builder request =
        DecryptRequest.builder().ciphertextBlob(sealed).encryptionContext(CONTEXT);
    more.accept(request);
    return decrypt.handle(request.build(), in("eu-west-1"));
  }

  private static String refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    return new KmsWords().words(refusal.reason(), KmsOperations.DECRYPT).type();
  }

  @Test
  void aDataKeyOpensAgain() {
    GenerateDataKeyResponse made = dataKey(request -> {});
    assertThat(made.plaintext().size()).isEqualTo(32);
    assertThat(made.keyId()).isEqualTo(ARN);
    DecryptResponse opened = decrypted(made.ciphertextBlob(), request -> {});
    assertThat(opened.plaintext()).isEqualTo(made.plaintext());
    assertThat(opened.keyId()).isEqualTo(ARN);
    assertThat(opened.encryptionAlgorithm()).isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
    assertThat(dataKey(request -> {}).plaintext()).isNotEqualTo(made.plaintext());
    assertThat(made.toString()).doesNotContain(new String(made.plaintext().toBytes(), UTF_8));
  }

  @Test
  void lengthsAreThoseAskedFor() {
    assertThat(dataKey(r -> r.keySpec(DataKeySpec.AES_128)).plaintext().size()).isEqualTo(16);
    assertThat(dataKey(r -> r.keySpec(null).numberOfBytes(7)).plaintext().size()).isEqualTo(7);
    assertThat(refused(() -> dataKey(r -> r.numberOfBytes(7)))).isEqualTo("ValidationException");
    assertThat(refused(() -> dataKey(r -> r.keySpec(null)))).isEqualTo("ValidationException");
  }

  @Test
  void textsAreEncryptedToo() {
    EncryptResponse made =
        encrypt.handle(
            EncryptRequest.builder().keyId("two").plaintext(Blob.of(new byte[] {1, 2})).build(),
            in("eu-west-1"));
    assertThat(made.keyId()).isEqualTo(OTHER);
    assertThat(
            decrypted(made.ciphertextBlob(), r -> r.encryptionContext(null).keyId(OTHER))
                .plaintext())
        .isEqualTo(Blob.of(new byte[] {1, 2}));
  }

  @Test
  void whatIsNotTheSameDoesNotOpen() {
    Blob sealed = dataKey(request -> {}).ciphertextBlob();
    assertThat(refused(() -> decrypted(sealed, r -> r.encryptionContext(Map.of()))))
        .isEqualTo("InvalidCiphertextException");
    assertThat(
            refused(
                () -> decrypted(sealed, r -> r.encryptionContext(Map.of("userpool-id", "other")))))
        .isEqualTo("InvalidCiphertextException");
    for (int i = 0; i < sealed.size(); i++) {
      byte[] altered = sealed.toBytes();
      altered[i] ^= 1;
      assertThat(refused(() -> decrypted(Blob.of(altered), r -> {})))
          .isEqualTo("InvalidCiphertextException");
    }
    assertThat(refused(() -> decrypted(Blob.of(new byte[] {1}), r -> {})))
        .isEqualTo("InvalidCiphertextException");
    assertThat(refused(() -> decrypted(sealed, r -> r.keyId(OTHER))))
        .isEqualTo("IncorrectKeyException");
  }

  @Test
  void keysOfAnotherRegionAreNotSeen() {
    assertThat(refused(() -> dataKey(r -> r.keyId(ELSEWHERE)))).isEqualTo("NotFoundException");
    GenerateDataKeyResponse made =
        generate.handle(
            GenerateDataKeyRequest.builder().keyId("three").numberOfBytes(32).build(),
            in("us-east-1"));
    assertThat(refused(() -> decrypted(made.ciphertextBlob(), r -> r.encryptionContext(null))))
        .isEqualTo("InvalidCiphertextException");
  }

  @Test
  void whatOtherKeysCanDoIsRefused() {
    assertThat(refused(() -> dataKey(r -> r.keyId("none")))).isEqualTo("NotFoundException");
    assertThat(refused(() -> dataKey(r -> r.grantTokens(List.of("t")))))
        .isEqualTo("InvalidGrantTokenException");
    Blob sealed = dataKey(request -> {}).ciphertextBlob();
    assertThat(
            refused(() ->
                decrypted(
                    sealed,
                    r -> r.encryptionAlgorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256))))
        .isEqualTo("InvalidKeyUsageException");
  }

  @ParameterizedTest
  @CsvSource({
    "not an arn," + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=",
    "arn:aws:kms:eu-west-1:000000000000:alias/a,AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=",
    "arn:aws:lambda:eu-west-1:000000000000:key/a,AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=",
    "arn:aws:kms:eu-west-1:000000000000:key/a,c2hvcnQ=",
    "arn:aws:kms:eu-west-1:000000000000:key/a,no base64!"
  })
  void whatIsNoKeyIsRefusedWithoutBeingShown(String arn, String key) {
    assertThatThrownBy(() -> keys(Map.of(arn, Secret.of(key))))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain(key);
  }
}

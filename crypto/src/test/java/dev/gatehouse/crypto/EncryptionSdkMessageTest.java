package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import dev.gatehouse.kernel.Secret;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the format fixes; that AWS's own libraries read it is shown in {@code conformance}. */
class EncryptionSdkMessageTest {
  private static final DataKey KEY =
      new DataKey("arn:aws:kms:a:1:key/k", Secret.of(new byte[32]), new byte[] {1, 2, 3});

  private static byte[] message(byte[] id, Map<String, String> context, String text) {
    return EncryptionSdkMessage.encrypt(KEY, id, context, text.getBytes(UTF_8));
  }

  @Test
  void theHeaderIsVersionSuiteIdContextKeyAndFrame() {
    byte[] id = new byte[32];
    id[0] = 7;
    byte[] message = message(id, Map.of("b", "2", "a", "1"), "123456");
    assertThat(message).startsWith(2, 4, 0x78, 7);
    HexFormat hex = HexFormat.of();
    String rest =
        // context: 14 bytes, 2 pairs in order
        "000e"
            + "0002"
            + "0001"
            + "61"
            + "0001"
            + "31"
            + "0001"
            + "62"
            + "0001"
            + "32"
            // one data key, of aws-kms, under its ARN
            + "0001"
            + "0007"
            + "6177732d6b6d73"
            + "0015"
            + hex.formatHex("arn:aws:kms:a:1:key/k".getBytes(UTF_8))
            + "0003"
            + "010203"
            // framed, 4096
            + "02"
            + "00001000"
            // the commitment
            + hex.formatHex(Hkdf.sha512(new byte[32], id, "COMMITKEY".getBytes(UTF_8), 32));
    assertThat(hex.formatHex(message, 35, 35 + rest.length() / 2)).isEqualTo(rest);
  }

  @Test
  void withoutContextItsLengthIsZero() {
    assertThat(HexFormat.of().formatHex(message(new byte[32], Map.of(), "1"), 35, 39))
        .isEqualTo("00000001");
  }

  @Test
  void nothingOfTheTextIsReadable() {
    assertThat(new String(message(new byte[32], Map.of(), "the code is 123456"), UTF_8))
        .doesNotContain("123456");
  }

  @Test
  void whatIsNoMessageOfOneFrameIsRefused() {
    assertThatThrownBy(() -> message(new byte[31], Map.of(), "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> message(new byte[32], Map.of(), "x".repeat(4097)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5869 appendix A.1. */
  @Test
  void basicVector() {
    assertThat(
            HEX.formatHex(
                Hkdf.sha256(
                    HEX.parseHex("0b".repeat(22)),
                    HEX.parseHex("000102030405060708090a0b0c"),
                    HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"),
                    42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                + "34007208d5b887185865");
  }

  /** RFC 5869 appendix A.3. */
  @Test
  void withoutSaltAndInfo() {
    assertThat(
            HEX.formatHex(Hkdf.sha256(HEX.parseHex("0b".repeat(22)), new byte[0], new byte[0], 42)))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                + "9d201395faa4b61a96c8");
  }

  /** RFC 4231 §4.3. */
  @Test
  void hmacVectorInOnePartAndInTwo() {
    byte[] key = "Jefe".getBytes(UTF_8);
    String expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assertThat(HEX.formatHex(Hmac.sha256(key, "what do ya want for nothing?".getBytes(UTF_8))))
        .isEqualTo(expected);
    assertThat(
            HEX.formatHex(
                Hmac.sha256(
                    key, "what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8))))
        .isEqualTo(expected);
  }
}

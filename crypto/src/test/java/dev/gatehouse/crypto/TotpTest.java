package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final Secret KEY = Secret.of("12345678901234567890".getBytes(US_ASCII));

  /** RFC 6238 appendix B, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theVectorsOfTheRfc(long seconds, String code) {
    assertThat(Totp.code(KEY, Totp.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
  void theNeighbouringStepsAreAccepted(int steps, boolean accepted) {
    Instant now = Instant.ofEpochSecond(1_700_000_000);
    String code = Totp.code(KEY, Totp.step(now) + steps);
    OptionalLong expected =
        accepted ? OptionalLong.of(Totp.step(now) + steps) : OptionalLong.empty();
    assertThat(Totp.match(KEY, code, now)).isEqualTo(expected);
  }

  @Test
  void somethingElseMatchesNothing() {
    Instant now = Instant.ofEpochSecond(59);
    assertThat(Totp.match(KEY, "94287082", now)).isEmpty();
    assertThat(Totp.match(KEY, "", now)).isEmpty();
    assertThat(Totp.match(Secret.of(new byte[20]), "287082", now)).isEmpty();
  }

  @Test
  void theKeyInBase32() {
    assertThat(Totp.base32(KEY).text()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.base32(Secret.of("fooba".getBytes(US_ASCII))).text()).isEqualTo("MZXW6YTB");
    assertThat(Totp.base32(Secret.of("foob".getBytes(US_ASCII))).text()).isEqualTo("MZXW6YQ");
  }
}

package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.jose.ClaimValue.Decimal;
import dev.gatehouse.jose.ClaimValue.Flag;
import dev.gatehouse.jose.ClaimValue.Items;
import dev.gatehouse.jose.ClaimValue.Members;
import dev.gatehouse.jose.ClaimValue.Nothing;
import dev.gatehouse.jose.ClaimValue.Text;
import dev.gatehouse.jose.ClaimValue.Whole;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Claims IDENTITY =
      Claims.builder()
          .put("userId", "1")
          .put("issuer", new Nothing())
          .put("primary", "true")
          .build();

  @Test
  void writesEveryKindInTheOrderGivenAndReadsItBack() {
    Claims claims =
        Claims.builder()
            .put("z", "ä\"\n")
            .put("identities", new Items(List.of(new Members(IDENTITY))))
            .put("exp", 1676316377L)
            .put("flag", false)
            .put("price", new Decimal(new BigDecimal("1.50")))
            .put("big", new Decimal(new BigDecimal("123456789012345678901234567890")))
            .put("mixed", new Items(List.of(new Whole(-1), new Flag(true), new Items(List.of()))))
            .build();
    String json =
        "{\"z\":\"ä\\\"\\n\",\"identities\":[{\"userId\":\"1\",\"issuer\":null,\"primary\":\"true\"}],"
            + "\"exp\":1676316377,\"flag\":false,\"price\":1.50,"
            + "\"big\":123456789012345678901234567890,\"mixed\":[-1,true,[]]}";
    assertThat(new String(claims.json(), UTF_8)).isEqualTo(json);
    assertThat(Claims.parse(json.getBytes(UTF_8))).contains(claims);
  }

  @Test
  void asksByType() {
    Claims claims =
        Claims.builder()
            .put("text", "a")
            .put("number", 7)
            .put("list", List.of("x", "y"))
            .put("mixed", new Items(List.of(new Text("x"), new Whole(1))))
            .build();
    assertThat(claims.text("text")).contains("a");
    assertThat(claims.text("number")).isEmpty();
    assertThat(claims.text("absent")).isEmpty();
    assertThat(claims.whole("number")).hasValue(7);
    assertThat(claims.whole("text")).isEmpty();
    assertThat(claims.texts("list")).containsExactly("x", "y");
    assertThat(claims.texts("mixed")).containsExactly("x");
    assertThat(claims.texts("text")).isEmpty();
    assertThat(claims.has("list")).isTrue();
    assertThat(claims.get("absent")).isEmpty();
  }

  @Test
  void aClaimPutAgainKeepsItsPlaceAndTheOriginalIsUntouched() {
    Claims claims = Claims.builder().put("a", "1").put("b", "2").put("c", "3").build();
    Claims changed = claims.toBuilder().put("a", "9").remove("b").put("d", "4").build();
    assertThat(changed.values().keySet()).containsExactly("a", "c", "d");
    assertThat(claims.values().keySet()).containsExactly("a", "b", "c");
    assertThat(claims.text("a")).contains("1");
    assertThatThrownBy(() -> claims.values().put("x", new Nothing()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMarkAndAWholeOneStays() {
    Claims claims = Claims.builder().put("a\ud800", "x\udc00y").put("b", "\ud83d\ude00").build();
    assertThat(new String(claims.json(), UTF_8)).isEqualTo("{\"a?\":\"x?y\",\"b\":\"😀\"}");
    assertThat(Claims.parse("{\"a\":\"\\ud800\"}".getBytes(UTF_8)))
        .contains(Claims.builder().put("a", "?").build());
  }

  @Test
  void valuesAreNotPrinted() {
    assertThat(Claims.builder().put("email", "jane@example.com").build())
        .hasToString("Claims[email]");
  }

  @Test
  void invalidUtf8AndHugeNumbersAreRefused() {
    assertThat(Claims.parse(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})).isEmpty();
    assertThat(Claims.parse(("{\"a\":" + "9".repeat(5000) + "}").getBytes(UTF_8))).isEmpty();
  }
}

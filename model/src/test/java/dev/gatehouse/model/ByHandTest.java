package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The matchers by hand agree with the patterns that they stand for. */
class ByHandTest {
  private static final String OPEN = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
  private static final String VISIBLE = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";
  private static final Map<ByHand, Pattern> PATTERNS =
      Map.of(
          ByHand.CODE_MESSAGE, Pattern.compile(OPEN + "\\{####\\}" + OPEN),
          ByHand.LINK_MESSAGE, Pattern.compile(OPEN + "\\{##" + OPEN + "##\\}" + OPEN),
          ByHand.CODE_LINE, Pattern.compile(".*\\{####\\}.*"),
          ByHand.EMAIL_ADDRESS, Pattern.compile(VISIBLE + "@" + VISIBLE),
          ByHand.NO_BLANK_AT_THE_ENDS, Pattern.compile("^[\\S]+.*[\\S]+$"),
          ByHand.POLICY_PATH, Pattern.compile("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/"));
  private static final List<String> PARTS =
      List.of(
          "a",
          "Z",
          "0",
          "{",
          "}",
          "#",
          "##",
          "{##",
          "##}",
          "####",
          "{####}",
          "@",
          "/",
          "//",
          ".",
          " ",
          "\t",
          "\n",
          "\r",
          "\u000b",
          "\u0085",
          "\u2028",
          "\u00a0",
          "\u0000",
          "\u0301",
          "*",
          "\u20ac",
          "\ud83d\ude00",
          "\ud83d",
          "\ude00",
          "\u0378",
          "=",
          "_");

  @ParameterizedTest
  @EnumSource
  void agreesWithItsPatternOnAllShortAndManyRandomTexts(ByHand matcher) {
    assertSame(matcher, "");
    for (String one : PARTS) {
      assertSame(matcher, one);
      for (String two : PARTS) {
        assertSame(matcher, one + two);
        for (String three : PARTS) {
          assertSame(matcher, one + two + three);
        }
      }
    }
    Random random = new Random(17);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      int parts = 4 + random.nextInt(6);
      int kinds = 1 + random.nextInt(PARTS.size());
      for (int part = 0; part < parts; part++) {
        text.append(PARTS.get(random.nextInt(kinds)));
      }
      assertSame(matcher, text.toString());
    }
  }

  private static void assertSame(ByHand matcher, String text) {
    boolean expected = Objects.requireNonNull(PATTERNS.get(matcher)).matcher(text).matches();
    if (matcher.matches(text) != expected) {
      assertThat(matcher.matches(text)).as("%s on %s", matcher, escaped(text)).isEqualTo(expected);
    }
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(c ->
            out.append(
                c < 33 || c > 126 ? "\\u" + Integer.toHexString(c) : String.valueOf((char) c)));
    return out.toString();
  }
}

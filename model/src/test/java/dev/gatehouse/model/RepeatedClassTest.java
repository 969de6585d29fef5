package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table says what the regular expression would. */
class RepeatedClassTest {
  private static final Path MODEL = Path.of("src/main/smithy/cognito-idp.json");

  /** Classes with what is hard to read in them, beside those of the model. */
  private static final List<String> OTHERS =
      List.of("[^a-c]+", "^[^\\\\]*$", "[\\]\\[]+", "[\\W]*", "[a-z&&[def]]+", "[[a]b]+", "[a]{2}");

  private static Set<String> patterns() throws IOException {
    Set<String> patterns = new TreeSet<>(OTHERS);
    JsonNode shapes = JsonMapper.shared().readTree(MODEL.toFile()).get("shapes");
    for (JsonNode shape : shapes) {
      JsonNode pattern = shape.path("traits").path("smithy.api#pattern");
      if (pattern.isString()) {
        patterns.add(pattern.asString());
      }
    }
    return patterns;
  }

  @Test
  void everyPatternMatchesWhatItsExpressionMatches() throws IOException {
    Random random = new Random(20);
    List<String> texts = new ArrayList<>(List.of("", "\n", "a\n", "\ud800", "a\udc00", "😀"));
    for (int c = 0; c < 0x3000; c++) {
      texts.add(String.valueOf((char) c));
    }
    for (int i = 0; i < 2_000; i++) {
      texts.add(text(random));
    }
    for (String pattern : patterns()) {
      Pattern expression = Pattern.compile(pattern);
      TextPattern table = TextPattern.regex(pattern, "");
      assertThat(texts)
          .as(pattern)
          .filteredOn(text -> table.matches(text) != expression.matcher(text).matches())
          .isEmpty();
    }
  }

  @Test
  void theCommonPatternsHaveATable() {
    for (String pattern :
        List.of(
            "^[A-Za-z0-9-_=.]+$",
            "^[\\w\\s+=,.@-]+$",
            "^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$",
            "[\\S]*")) {
      assertThat(RepeatedClass.of(Pattern.compile(pattern))).as(pattern).isPresent();
    }
    for (String pattern :
        List.of("^[a-z]+[0-9]+$", "^[\\w-]+_[0-9a-zA-Z]+$", "(?s).*", "[[a]b]+")) {
      assertThat(RepeatedClass.of(Pattern.compile(pattern))).as(pattern).isEmpty();
    }
  }

  /** Mostly what the classes accept; sometimes any character at all. */
  private static String text(Random random) {
    String usual = "abzAZ059-_=.+,@/ ";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    boolean ascii = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      int any = random.nextInt(ascii ? 128 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(random.nextInt(8) == 0 ? any : usual.charAt(random.nextInt(17)));
    }
    return text.toString();
  }
}

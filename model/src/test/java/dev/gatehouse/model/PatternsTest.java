package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Every pattern of the generated checks against long hostile texts. */
class PatternsTest {
  private static final int LONG = 131_072;
  private static final Pattern IN_CHECK =
      Pattern.compile(
          "checks\\.text\\(.*?, (\\d+), (Integer\\.MAX_VALUE|\\d+), \"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final List<String> HOSTILE =
      List.of(
          "a".repeat(LONG),
          "a".repeat(LONG - 1) + "!",
          "a".repeat(LONG - 1) + " ",
          "{####".repeat(LONG / 5),
          "{##".repeat(LONG / 3),
          "@".repeat(LONG),
          "a@".repeat(LONG / 2) + " ",
          "_".repeat(LONG),
          "arn:".repeat(LONG / 4),
          " ".repeat(LONG),
          "\n".repeat(LONG));

  /** The text that a check lets reach its pattern. */
  private record Case(String pattern, int most) {}

  private static Set<Case> cases() throws IOException {
    Set<Case> result =
        new TreeSet<>(java.util.Comparator.comparing(Case::pattern).thenComparingInt(Case::most));
    Path sources = Path.of("target/generated-sources/smithy");
    try (var files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = IN_CHECK.matcher(Files.readString(file));
        while (matcher.find()) {
          int most = matcher.group(2).startsWith("I") ? LONG : Integer.parseInt(matcher.group(2));
          result.add(new Case(matcher.group(3).translateEscapes(), most));
        }
      }
    }
    return result;
  }

  @Test
  void noPatternTakesLongForAHostileText() throws IOException {
    Set<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(20);
    for (Case each : cases) {
      for (String text : HOSTILE) {
        String reaching = text.substring(0, Math.min(text.length(), each.most()));
        // a quadratic pattern would take minutes for a text of this length
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> Patterns.matches(each.pattern(), reaching),
            each.pattern());
      }
    }
  }

  @Test
  void theTextOfAMailHoldsItsPlace() {
    String pattern =
        "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
    assertThat(Patterns.matches(pattern, "Your code is {####}.\nBye")).isTrue();
    assertThat(Patterns.matches(pattern, "Your code is {###}.")).isFalse();
    assertThat(Patterns.matches(pattern, "{####} \u0000")).isFalse();
  }

  @Test
  void aShortcutAnswersWhatTheEngineAnswers() throws IOException {
    Random random = new Random(7);
    for (Case each : cases()) {
      if (!each.pattern().matches("\\[[^\\[\\]]+\\][+*]")) {
        continue;
      }
      Pattern engine = Pattern.compile(each.pattern());
      for (int c = 0; c < 0x250; c++) {
        String text = Character.toString(c);
        assertThat(Patterns.matches(each.pattern(), text))
            .as("%s on U+%04X", each.pattern(), c)
            .isEqualTo(engine.matcher(text).matches());
      }
      for (int i = 0; i < 200; i++) {
        String text =
            random
                .ints(random.nextInt(12), 0x20, i % 2 == 0 ? 0x7f : 0x250)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(Patterns.matches(each.pattern(), text))
            .as("%s on %s", each.pattern(), text)
            .isEqualTo(engine.matcher(text).matches());
      }
    }
  }

  @Test
  void poolIdsAndAddresses() {
    assertThat(Patterns.matches("[\\w-]+_[0-9a-zA-Z]+", "us-east-1_aB3dE5fG7")).isTrue();
    assertThat(Patterns.matches("[\\w-]+_[0-9a-zA-Z]+", "us-east-1_")).isFalse();
    assertThat(Patterns.matches("[\\w-]+_[0-9a-zA-Z]+", "_aB")).isFalse();
    assertThat(Patterns.matches("[\\w-]+_[0-9a-zA-Z]+", "us east_a")).isFalse();
  }
}

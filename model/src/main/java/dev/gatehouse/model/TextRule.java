package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Length and pattern of a text. Length is in Unicode characters and is checked first: a text that
 * is too long never reaches the pattern.
 *
 * @param max {@link Integer#MAX_VALUE} where there is none
 */
public record TextRule(int min, int max, TextPattern pattern, Echo echo) implements Rule<String> {
  /** The same without the pattern. */
  public TextRule lengthOnly() {
    return new TextRule(min, max, TextPattern.ANY, echo);
  }

  @Override
  public List<String> broken(String value) {
    if (isLonger(value)) {
      return List.of(SizeRule.atMost(max));
    }
    boolean isShort = min > 0 && value.codePointCount(0, value.length()) < min;
    boolean matches = pattern.matches(value);
    if (!isShort && matches) {
      return List.of();
    }
    List<String> phrases = new ArrayList<>();
    if (isShort) {
      phrases.add(SizeRule.atLeast(min));
    }
    if (!matches) {
      phrases.add(pattern.phrase());
    }
    return phrases;
  }

  /** The violations of a member of a request, for checks that an operation makes itself. */
  public List<Violation> violations(String path, String value) {
    return broken(value).stream()
        .map(phrase ->
            echo == Echo.HIDDEN
                ? Violation.ofSensitive(path, phrase)
                : Violation.of(path, value, phrase))
        .toList();
  }

  private boolean isLonger(String value) {
    return value.length() > max && value.codePointCount(0, value.length()) > max;
  }

  @Override
  public List<String> all() {
    List<String> phrases = new ArrayList<>();
    if (max < Integer.MAX_VALUE) {
      phrases.add(SizeRule.atMost(max));
    }
    if (min > 0) {
      phrases.add(SizeRule.atLeast(min));
    }
    if (pattern != TextPattern.ANY) {
      phrases.add(pattern.phrase());
    }
    return phrases;
  }
}

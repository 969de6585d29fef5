package dev.gatehouse.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matches the model's patterns over the whole value. Those with two open classes beside or around
 * one another take time that grows with the square of the text in a backtracking engine; they are
 * matched by hand, in one pass.
 */
public final class Patterns {
  private static final String TEXT = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";

  /** By hand: published pattern to matcher. */
  private static final Map<String, Predicate<String>> BY_HAND =
      Map.of(
          TEXT + "\\{####\\}" + TEXT,
          text -> text.contains("{####}") && text.codePoints().allMatch(Patterns::isText),
          TEXT + "\\{##" + TEXT + "##\\}" + TEXT,
          text -> {
            int open = text.indexOf("{##");
            return open >= 0
                && text.indexOf("##}", open + 3) >= 0
                && text.codePoints().allMatch(Patterns::isText);
          },
          ".*\\{####\\}.*",
          text -> text.contains("{####}") && text.indexOf('\n') < 0 && text.indexOf('\r') < 0,
          "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
          text -> {
            int at = text.indexOf('@', 1);
            return at > 0
                && at < text.length() - 1
                && text.codePoints().allMatch(c -> isText(c) && !Character.isWhitespace(c));
          },
          "[\\w-]+_[0-9a-zA-Z]+",
          text -> {
            int bar = text.lastIndexOf('_');
            return bar > 0
                && bar < text.length() - 1
                && text.chars().limit(bar).allMatch(c -> isWord(c) || c == '-')
                && text.chars().skip(bar + 1).allMatch(c -> isWord(c) && c != '_');
          },
          "[\\w-]+_[0-9a-f-]+",
          text -> {
            int bar = text.lastIndexOf('_');
            return bar > 0
                && bar < text.length() - 1
                && text.chars().limit(bar).allMatch(c -> isWord(c) || c == '-')
                && text.chars().skip(bar + 1).allMatch(c -> c == '-' || isLowerHex(c));
          });

  /** A pattern that is one class of characters, repeated: {@code […]+} or {@code […]*}. */
  private static final Pattern ONE_CLASS = Pattern.compile("(\\[(?:[^\\[\\]\\\\]|\\\\.)+\\])[+*]");

  private static final int ASCII = 128;

  private static final Map<String, Predicate<String>> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  /** Whether the whole value matches the published pattern. */
  static boolean matches(String published, String value) {
    Predicate<String> hand = BY_HAND.get(published);
    if (hand != null) {
      return hand.test(value);
    }
    Predicate<String> compiled = COMPILED.get(published);
    if (compiled == null) {
      compiled = compile(published);
      COMPILED.put(published, compiled);
    }
    return compiled.test(value);
  }

  /**
   * Texts of one class are the commonest and the longest, tokens among them: their ASCII characters
   * are looked up in a table that the class itself filled, which costs a tenth of the engine.
   */
  private static Predicate<String> compile(String published) {
    Pattern pattern = Pattern.compile(published);
    Predicate<String> engine = value -> pattern.matcher(value).matches();
    Matcher oneClass = ONE_CLASS.matcher(published);
    if (!oneClass.matches()) {
      return engine;
    }
    Pattern single = Pattern.compile(oneClass.group(1));
    boolean[] allowed = new boolean[ASCII];
    for (int c = 0; c < ASCII; c++) {
      allowed[c] = single.matcher(Character.toString(c)).matches();
    }
    return value -> {
      if (value.isEmpty()) {
        return engine.test(value);
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c >= ASCII) {
          return engine.test(value);
        }
        if (!allowed[c]) {
          return false;
        }
      }
      return true;
    };
  }

  /** Letters, marks, symbols, numbers, punctuation, white space. */
  private static boolean isText(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL ->
          c == ' ' || (c >= '\t' && c <= '\r');
      default -> true;
    };
  }

  private static boolean isWord(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private static boolean isLowerHex(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }
}

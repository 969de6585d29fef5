package dev.gatehouse.model;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern that is one character class, repeated: ids, names and tokens, which are ASCII nearly
 * always and then matched by a table, many times faster than by a regular expression. A text with
 * other characters is left to the expression.
 */
final class RepeatedClass {
  private static final Pattern FORM =
      Pattern.compile("\\^?(\\[(?:[^\\[\\]\\\\]|\\\\.)+])([+*])\\$?");
  private static final int ASCII = 128;

  private final boolean[] accepted = new boolean[ASCII];
  private final boolean acceptsNothing;
  private final Pattern whole;

  private RepeatedClass(String oneCharacter, boolean acceptsNothing, Pattern whole) {
    Predicate<String> accepts = Pattern.compile(oneCharacter).asMatchPredicate();
    for (int c = 0; c < ASCII; c++) {
      accepted[c] = accepts.test(String.valueOf((char) c));
    }
    this.acceptsNothing = acceptsNothing;
    this.whole = whole;
  }

  /** Empty when the pattern is of another form. */
  static Optional<RepeatedClass> of(Pattern pattern) {
    Matcher form = FORM.matcher(pattern.pattern());
    return form.matches()
        ? Optional.of(new RepeatedClass(form.group(1), form.group(2).equals("*"), pattern))
        : Optional.empty();
  }

  boolean matches(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ASCII) {
        return whole.matcher(text).matches();
      }
      if (!accepted[c]) {
        return false;
      }
    }
    return length > 0 || acceptsNothing;
  }
}

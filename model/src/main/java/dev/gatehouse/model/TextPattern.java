package dev.gatehouse.model;

import java.util.regex.Pattern;

/** A pattern that a whole text must match, with the text that messages print for it. */
public final class TextPattern {
  /** Everything matches. */
  public static final TextPattern ANY = new TextPattern(text -> true, "");

  private interface Matcher {
    boolean matches(CharSequence text);
  }

  private final Matcher matcher;
  private final String published;

  private TextPattern(Matcher matcher, String published) {
    this.matcher = matcher;
    this.published = published;
  }

  /** For a pattern that the generator found linear. */
  public static TextPattern regex(String pattern, String published) {
    Pattern compiled = Pattern.compile(pattern);
    Matcher matcher =
        RepeatedClass.of(compiled)
            .<Matcher>map(repeated -> repeated::matches)
            .orElse(text -> compiled.matcher(text).matches());
    return new TextPattern(matcher, published);
  }

  /** For a pattern on which a backtracking engine would need more than linear time. */
  public static TextPattern byHand(ByHand matcher, String published) {
    return new TextPattern(matcher::matches, published);
  }

  public boolean matches(CharSequence text) {
    return matcher.matches(text);
  }

  String phrase() {
    return "Member must satisfy regular expression pattern: " + published;
  }

  @Override
  public String toString() {
    return published;
  }
}

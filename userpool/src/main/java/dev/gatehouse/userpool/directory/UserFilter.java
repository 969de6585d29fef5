package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.Optional;
import java.util.Set;

/**
 * A ListUsers filter: {@code attribute op "value"}, op {@code =} or {@code ^=} (users.md §7).
 *
 * @param attribute one of {@link #SEARCHABLE}
 */
public record UserFilter(String attribute, Match match, String value) {
  /** How the value is compared. */
  public enum Match {
    EQUAL,
    PREFIX
  }

  public static final Set<String> SEARCHABLE =
      Set.of(
          "username",
          "email",
          "phone_number",
          "name",
          "given_name",
          "family_name",
          "preferred_username",
          "cognito:user_status",
          "status",
          "sub");

  /**
   * Parses in one pass. Blanks around the operator are optional, the attribute may stand in quotes,
   * {@code \"} in the value is a quote.
   *
   * @return empty for a blank text, which means all users
   * @throws dev.gatehouse.kernel.Refusal FILTER_UNPARSABLE, FILTER_ATTRIBUTE
   */
  public static Optional<UserFilter> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Scanner scanner = new Scanner(text);
    String attribute = scanner.attribute();
    Match match = scanner.match();
    String value = scanner.value();
    scanner.end();
    if (!SEARCHABLE.contains(attribute)) {
      throw Why.FILTER_ATTRIBUTE.refusal(attribute);
    }
    return Optional.of(new UserFilter(attribute, match, value));
  }

  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    String attribute() {
      blanks();
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      int from = at;
      while (at < text.length() && "=^ \t\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw Why.FILTER_UNPARSABLE.refusal();
      }
      return text.substring(from, at);
    }

    Match match() {
      blanks();
      if (text.startsWith("^=", at)) {
        at += 2;
        return Match.PREFIX;
      }
      if (text.startsWith("=", at)) {
        at += 1;
        return Match.EQUAL;
      }
      throw Why.FILTER_UNPARSABLE.refusal();
    }

    String value() {
      blanks();
      return quoted();
    }

    void end() {
      blanks();
      if (at != text.length()) {
        throw Why.FILTER_UNPARSABLE.refusal();
      }
    }

    private String quoted() {
      if (at >= text.length() || text.charAt(at) != '"') {
        throw Why.FILTER_UNPARSABLE.refusal();
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        if (c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
          at++;
          c = text.charAt(at);
        }
        value.append(c);
      }
      throw Why.FILTER_UNPARSABLE.refusal();
    }

    private void blanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}

package dev.gatehouse.userpool.directory;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool's password policy (userpool.md §5).
 *
 * @param minimumLength 6 to 99 characters
 * @param history how many passwords, the present one included, may not be used again; 0 = none
 * @param temporaryDays days that a temporary password is valid
 */
public record PasswordRules(
    int minimumLength,
    Demand uppercase,
    Demand lowercase,
    Demand digits,
    Demand symbols,
    int history,
    int temporaryDays) {
  /** Whether a kind of character must occur. */
  public enum Demand {
    REQUIRED,
    FREE;

    public static Demand of(boolean required) {
      return required ? REQUIRED : FREE;
    }
  }

  /** Longest password that is accepted, in characters. */
  public static final int MAXIMUM_LENGTH = 256;

  private static final String SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

  /** The first rule that the password breaks, in Cognito's words; empty when it keeps all. */
  public Optional<String> broken(Secret password) {
    String text = password.text();
    if (text.codePointCount(0, text.length()) < minimumLength) {
      return Optional.of("Password not long enough");
    }
    if (text.length() > MAXIMUM_LENGTH) {
      return Optional.of("Password is too long");
    }
    if (uppercase == Demand.REQUIRED && text.codePoints().noneMatch(Character::isUpperCase)) {
      return Optional.of("Password must have uppercase characters");
    }
    if (lowercase == Demand.REQUIRED && text.codePoints().noneMatch(Character::isLowerCase)) {
      return Optional.of("Password must have lowercase characters");
    }
    if (digits == Demand.REQUIRED && text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of("Password must have numeric characters");
    }
    if (symbols == Demand.REQUIRED && !hasSymbol(text)) {
      return Optional.of("Password must have symbol characters");
    }
    return Optional.empty();
  }

  /** A blank counts as a symbol when it is neither first nor last. */
  private static boolean hasSymbol(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SYMBOLS.indexOf(c) >= 0 || (c == ' ' && i > 0 && i < text.length() - 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A random password that keeps these rules: letters and digits that are not mistaken for one
   * another, one of each kind at least, about 6 bits a character.
   */
  public Secret generate(Ids ids) {
    List<String> kinds =
        List.of("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%*-_=+?");
    int length = Math.max(minimumLength, 12);
    List<Character> drawn = new ArrayList<>();
    kinds.forEach(kind -> drawn.add(kind.charAt(ids.below(kind.length()))));
    String all = String.join("", kinds);
    while (drawn.size() < length) {
      drawn.add(all.charAt(ids.below(all.length())));
    }
    StringBuilder result = new StringBuilder();
    while (!drawn.isEmpty()) {
      result.append(drawn.remove(ids.below(drawn.size())).charValue());
    }
    return Secret.of(result.toString());
  }
}

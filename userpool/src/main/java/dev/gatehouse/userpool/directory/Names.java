package dev.gatehouse.userpool.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** How sign-in names are compared and told apart (design.md §5, userpool.md §4). */
public enum Names {
  CASE_SENSITIVE {
    @Override
    public String fold(String name) {
      return Normalizer.normalize(name, Normalizer.Form.NFKC);
    }
  },
  CASE_INSENSITIVE {
    @Override
    public String fold(String name) {
      return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
  };

  /** E.164: a plus sign and up to 15 digits, the first not zero. */
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{1,14}");

  private static final int LONGEST_EMAIL = 2048;

  /**
   * The form under which names are stored and compared: NFKC always, lower case where the pool
   * ignores case.
   */
  public abstract String fold(String name);

  public static boolean isPhoneNumber(String text) {
    return PHONE.matcher(text).matches();
  }

  /**
   * Whether the text has an e-mail address's form: one {@code @}, a local part, a domain with a dot
   * inside, no blanks or control characters (they would reach a mail header), not longer than an
   * attribute. Written by hand: no backtracking.
   */
  public static boolean isEmail(String text) {
    int at = text.indexOf('@');
    if (at < 1 || at != text.lastIndexOf('@') || text.length() > LONGEST_EMAIL) {
      return false;
    }
    String domain = text.substring(at + 1);
    int dot = domain.lastIndexOf('.');
    if (dot < 1 || dot == domain.length() - 1 || domain.startsWith("-") || domain.contains("..")) {
      return false;
    }
    return text.codePoints()
        .noneMatch(c ->
            Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || "<>()[],;:\\\"".indexOf(c) >= 0);
  }
}

package dev.gatehouse.model;

import java.util.function.IntPredicate;

/**
 * Patterns with more than one open repetition, matched in one or two passes over the text. The
 * generator names them and fails the build on such a pattern without a constant here.
 */
public enum ByHand {
  /** {@code [visible or blank or *]*\{####\}[visible or blank or *]*}. */
  CODE_MESSAGE {
    @Override
    boolean matches(CharSequence text) {
      return all(text, ByHand::isVisibleOrBlank) && indexOf(text, "{####}", 0) >= 0;
    }
  },

  /** {@code …\{##…##\}…}, the dots as in {@link #CODE_MESSAGE}. */
  LINK_MESSAGE {
    @Override
    boolean matches(CharSequence text) {
      if (!all(text, ByHand::isVisibleOrBlank)) {
        return false;
      }
      int open = indexOf(text, "{##", 0);
      return open >= 0 && indexOf(text, "##}", open + 3) >= 0;
    }
  },

  /** {@code .*\{####\}.*}. */
  CODE_LINE {
    @Override
    boolean matches(CharSequence text) {
      return all(text, c -> !isLineEnd(c)) && indexOf(text, "{####}", 0) >= 0;
    }
  },

  /** {@code [visible]+@[visible]+}; {@code @} itself is visible. */
  EMAIL_ADDRESS {
    @Override
    boolean matches(CharSequence text) {
      if (text.length() < 3 || !all(text, ByHand::isVisible)) {
        return false;
      }
      int second = Character.charCount(Character.codePointAt(text, 0));
      int at = indexOf(text, "@", second);
      return at >= 0 && at < text.length() - 1;
    }
  },

  /** {@code [\S]+.*[\S]+}: two or more characters, no blank first or last. */
  NO_BLANK_AT_THE_ENDS {
    @Override
    boolean matches(CharSequence text) {
      int length = text.length();
      int start = 0;
      while (start < length && !isBlank(text.charAt(start))) {
        start++;
      }
      if (start == length) {
        return Character.codePointCount(text, 0, length) >= 2;
      }
      int end = length;
      while (end > start && !isBlank(text.charAt(end - 1))) {
        end--;
      }
      return start > 0 && end < length && all(text.subSequence(start, end), c -> !isLineEnd(c));
    }
  },

  /** {@code ((/[A-Za-z0-9\.,\+@=_-]+)*)/}: segments between single slashes. */
  POLICY_PATH {
    @Override
    boolean matches(CharSequence text) {
      int last = text.length() - 1;
      if (last < 0 || text.charAt(0) != '/' || text.charAt(last) != '/') {
        return false;
      }
      for (int i = 1; i <= last; i++) {
        char c = text.charAt(i);
        boolean isAllowed = c == '/' ? text.charAt(i - 1) != '/' : isInSegment(c);
        if (!isAllowed) {
          return false;
        }
      }
      return true;
    }
  };

  abstract boolean matches(CharSequence text);

  private static boolean all(CharSequence text, IntPredicate accepts) {
    int i = 0;
    while (i < text.length()) {
      int c = Character.codePointAt(text, i);
      if (!accepts.test(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  /** {@code sought} must not overlap itself after its first two characters, so this is linear. */
  private static int indexOf(CharSequence text, String sought, int from) {
    for (int i = from; i <= text.length() - sought.length(); i++) {
      int matched = 0;
      while (matched < sought.length() && text.charAt(i + matched) == sought.charAt(matched)) {
        matched++;
      }
      if (matched == sought.length()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isVisibleOrBlank(int c) {
    return isVisible(c) || isBlank(c);
  }

  /** {@code [\p{L}\p{M}\p{S}\p{N}\p{P}]}. */
  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** {@code \s}. */
  private static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** What {@code .} does not match. */
  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isInSegment(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".,+@=_-".indexOf(c) >= 0;
  }
}

package dev.gatehouse.generator;

import java.util.Locale;
import java.util.Set;

/** From Smithy names to Java names. */
final class Names {
  /** Names that a record component may not have, and Java's keywords that occur. */
  private static final Set<String> TAKEN =
      Set.of("notify", "wait", "hashCode", "toString", "getClass", "clone", "finalize", "default");

  private Names() {}

  /**
   * {@code UserPoolId → userPoolId}, {@code SMSMfaSettings → smsMfaSettings}, {@code KMSKeyID →
   * kmsKeyID}.
   */
  static String component(String member) {
    int capitals = 0;
    while (capitals < member.length() && Character.isUpperCase(member.charAt(capitals))) {
      capitals++;
    }
    int lowered = capitals <= 1 || capitals == member.length() ? capitals : capitals - 1;
    String name = member.substring(0, lowered).toLowerCase(Locale.ROOT) + member.substring(lowered);
    return TAKEN.contains(name) ? name + "Value" : name;
  }

  /** The path in a validation message: only the first letter is lowered (protocol.md §3.1). */
  static String path(String member) {
    return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
  }

  /**
   * {@code AdminCreateUser → ADMIN_CREATE_USER}, {@code DateTime → DATE_TIME}, {@code a-b → A_B}.
   */
  static String constant(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean starts =
          i > 0
              && Character.isUpperCase(c)
              && (Character.isLowerCase(text.charAt(i - 1))
                  || (i + 1 < text.length()
                      && Character.isUpperCase(text.charAt(i - 1))
                      && Character.isLowerCase(text.charAt(i + 1))));
      if (starts && result.charAt(result.length() - 1) != '_') {
        result.append('_');
      }
      result.append(Character.isLetterOrDigit(c) ? Character.toUpperCase(c) : '_');
    }
    return Character.isDigit(result.charAt(0)) ? "_" + result : result.toString();
  }

  /** A Java string literal. */
  static String literal(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> result.append("\\\"");
        case '\\' -> result.append("\\\\");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            result.append("\\u%04x".formatted((int) c));
          } else {
            result.append(c);
          }
        }
      }
    }
    return result.append('"').toString();
  }
}

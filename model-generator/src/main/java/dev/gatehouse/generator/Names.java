package dev.gatehouse.generator;

import java.util.Locale;
import java.util.Set;

/** How names of the Smithy files become names of Java and of validation messages. */
final class Names {
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "try",
          "void",
          "volatile",
          "while",
          "true",
          "false",
          "null",
          "hashCode",
          "toString",
          "getClass",
          "notify",
          "notifyAll",
          "wait",
          "clone",
          "finalize",
          "toBuilder",
          "builder");

  private Names() {}

  /** {@code SMSMfaSettings} to {@code smsMfaSettings}, {@code CallbackURLs} to itself, lowered. */
  static String component(String member) {
    int run = 0;
    while (run < member.length() && Character.isUpperCase(member.charAt(run))) {
      run++;
    }
    boolean wordFollows = run < member.length() && Character.isLowerCase(member.charAt(run));
    int lowered = run > 1 && wordFollows ? run - 1 : run;
    String name = member.substring(0, lowered).toLowerCase(Locale.ROOT) + member.substring(lowered);
    return KEYWORDS.contains(name) ? name + "_" : name;
  }

  /** The name in validation messages: only the first letter is lowered (protocol.md §3.1). */
  static String path(String member) {
    return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
  }

  static String type(String shape) {
    return shape.substring(0, 1).toUpperCase(Locale.ROOT) + shape.substring(1);
  }

  /** {@code UserPoolIdType} to {@code USER_POOL_ID_TYPE}; signs become underscores. */
  static String constant(String text) {
    String name =
        text.replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .toUpperCase(Locale.ROOT);
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /** A Java string literal. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}

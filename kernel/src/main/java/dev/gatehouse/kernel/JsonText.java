package dev.gatehouse.kernel;

import java.util.HexFormat;

/** JSON strings for log lines: one line each, whatever the value holds, and not endless. */
public final class JsonText {
  private static final int LONGEST = 1024;

  private JsonText() {}

  /** The value in quotes, cut at 1 KiB, with everything but printable ASCII escaped. */
  public static String quote(String value) {
    StringBuilder result = new StringBuilder(value.length() + 2).append('"');
    int length = Math.min(value.length(), LONGEST);
    if (length < value.length() && Character.isHighSurrogate(value.charAt(length - 1))) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        result.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        result.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        result.append(c);
      }
    }
    return result.append('"').toString();
  }
}

package dev.gatehouse.model;

/**
 * Whether the texts of a JSON body can be kept: PostgreSQL's hold no U+0000, and half a surrogate
 * pair is no character, so that stores and hashes would take it for another. Looked at in the
 * bytes, before anything is read: keys and values alike, whatever they are for.
 */
final class RequestText {
  private static final int UNICODE_ESCAPE = 6;

  private RequestText() {}

  /** False also for UTF-16 and UTF-32, which AWS JSON is not (RFC 8259 §8.1). */
  static boolean canBeKept(byte[] body) {
    boolean halfPair = false;
    int at = 0;
    while (at < body.length) {
      int unit = escaped(body, at);
      boolean second = unit >= 0 && Character.isLowSurrogate((char) unit);
      if (body[at] == 0 || unit == 0 || second != halfPair || isBareSurrogate(body, at)) {
        return false;
      }
      halfPair = unit >= 0 && Character.isHighSurrogate((char) unit);
      at += unit >= 0 ? UNICODE_ESCAPE : body[at] == '\\' ? 2 : 1;
    }
    return !halfPair;
  }

  /** The UTF-16 unit that is escaped here, -1 when none is. */
  private static int escaped(byte[] body, int at) {
    if (body[at] != '\\' || at + UNICODE_ESCAPE > body.length || body[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + UNICODE_ESCAPE; i++) {
      int digit = Character.digit(body[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Half a pair written as if it were a character: no UTF-8 (RFC 3629 §3). */
  private static boolean isBareSurrogate(byte[] body, int at) {
    return body[at] == (byte) 0xed && at + 1 < body.length && (body[at + 1] & 0xff) >= 0xa0;
  }
}

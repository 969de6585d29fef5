package dev.gatehouse.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, on logger {@code access}: no query, no header, no body. */
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");
  private static final int LONGEST = 1024;

  /** What is told of a request. */
  record Line(
      String id, String address, String method, String path, int status, int bytes, long nanos) {}

  void record(Line line) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "{} {} {} {} {} {}B {}ms",
          line.id(),
          line.address(),
          printable(line.method()),
          printable(line.path()),
          line.status(),
          line.bytes(),
          line.nanos() / 1_000_000);
    }
  }

  /** Without control characters, cut: a log line is one line, whatever a client sends. */
  static String printable(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    StringBuilder result = new StringBuilder(cut.length());
    cut.codePoints()
        .forEach(c -> result.appendCodePoint(Character.isISOControl(c) || c > 0x7e ? '?' : c));
    return result.toString();
  }
}

package dev.gatehouse.http;

import dev.gatehouse.kernel.JsonText;
import dev.gatehouse.kernel.WallClock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON object in one line for each request, on logger {@code access}: no query, no header, no
 * body. Off until the operator sets that logger to {@code info}.
 */
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");
  private static final int LONGEST = 1024;

  /** What is told of a request. */
  record Line(HttpRequest head, HttpAnswer answer, long nanos) {}

  void record(WallClock clock, Line line) {
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", json(clock.now(), line));
    }
  }

  private static String json(Instant time, Line line) {
    StringBuilder json = new StringBuilder(320).append("{\"time\":\"").append(time).append('"');
    text(json, "requestId", line.head().id());
    text(json, "address", line.head().clientAddress());
    text(json, "method", line.head().method());
    text(json, "path", line.head().path());
    json.append(",\"status\":").append(line.answer().status());
    json.append(",\"bytes\":").append(line.answer().body().length);
    json.append(",\"ms\":").append(line.nanos() / 1_000_000);
    HttpAnswer.Call call = line.answer().call();
    if (call != null) {
      text(json, "operation", call.operation());
      text(json, "outcome", call.outcome());
    }
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":").append(JsonText.quote(value));
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

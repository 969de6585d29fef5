package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param headers beside Date, Content-Length and the request id, which every answer has
 * @param call for the access log; null when no operation was called
 */
public record HttpAnswer(
    int status, Map<String, String> headers, byte[] body, @Nullable Call call) {
  /**
   * What was called.
   *
   * @param outcome {@code ok} or the error type
   */
  public record Call(String operation, String outcome) {}

  public static HttpAnswer of(int status, String contentType, byte[] body) {
    return new HttpAnswer(status, Map.of("Content-Type", contentType), body, null);
  }

  public static HttpAnswer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
  }

  public static HttpAnswer json(int status, String json) {
    return of(status, "application/json", json.getBytes(UTF_8));
  }

  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0], null);
  }

  /** The same answer with one more header. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, body, call);
  }

  /** The same answer, with what it tells the access log. */
  public HttpAnswer ofCall(String operation, String outcome) {
    return new HttpAnswer(status, headers, body, new Call(operation, outcome));
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + "]";
  }
}

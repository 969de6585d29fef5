package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers beside Date, Content-Length and the request id, which every answer has
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  public static HttpAnswer of(int status, String contentType, byte[] body) {
    return new HttpAnswer(status, Map.of("Content-Type", contentType), body);
  }

  public static HttpAnswer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
  }

  public static HttpAnswer json(int status, String json) {
    return of(status, "application/json", json.getBytes(UTF_8));
  }

  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  /** The same answer with one more header. */
  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, body);
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + "]";
  }
}

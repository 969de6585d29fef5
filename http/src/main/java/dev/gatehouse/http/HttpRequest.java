package dev.gatehouse.http;

import java.util.List;
import java.util.Map;

/**
 * A request, read to its end within the limits of its route.
 *
 * @param path raw, as it came
 * @param query raw, without the question mark, {@code ""} when there is none
 * @param headers by lower-case name
 * @param clientAddress the client's IP address, trusted proxies taken off
 * @param id answered as {@code x-amzn-RequestId}
 */
public record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    String clientAddress,
    String id) {
  /** The first value of a header, {@code ""} when absent. */
  public String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  HttpRequest withBody(byte[] read) {
    return new HttpRequest(method, path, query, headers, read, clientAddress, id);
  }

  /** The value of a query parameter, decoded, {@code ""} when absent. */
  public String parameter(String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return java.net.URLDecoder.decode(
            pair.substring(name.length() + 1), java.nio.charset.StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return "HttpRequest[" + id + "]";
  }
}

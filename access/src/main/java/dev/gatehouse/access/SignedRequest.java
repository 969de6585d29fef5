package dev.gatehouse.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it came over the wire, as far as a signature covers it.
 *
 * @param path the raw path, not decoded
 * @param query the raw query without the question mark, {@code ""} when there is none
 * @param headers by lower-case name; several values in their order
 */
public record SignedRequest(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
  /** The values of a header, joined as the canonical request joins them; {@code ""} when absent. */
  String header(String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }

  /** The header as it enters the canonical request: each value trimmed, runs of blanks made one. */
  String canonicalHeader(String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return "SignedRequest[" + method + "]";
  }
}

package dev.gatehouse.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request's headers may look like, whatever the route. A header that decides who is asking
 * or what for may be there once: two parts that read different ones would disagree.
 */
final class HeaderRules {
  private static final Set<String> ONCE =
      Set.of(
          "host",
          "authorization",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "origin",
          "sec-fetch-site",
          "x-amz-target",
          "x-amz-date",
          "x-amz-content-sha256",
          "x-amz-security-token");

  private static final List<String> CHUNKED = List.of("chunked");

  private HeaderRules() {}

  /** The refusal, if the headers break a rule. */
  static Optional<HttpAnswer> refuse(Map<String, List<String>> headers) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (!isToken(header.getKey())) {
        return Optional.of(HttpAnswer.text(400, "A header's name is not valid"));
      }
      if (header.getValue().size() > 1 && ONCE.contains(header.getKey())) {
        return Optional.of(
            HttpAnswer.text(400, "Header " + header.getKey() + " may be there once only"));
      }
      if (header.getValue().stream().anyMatch(HeaderRules::hasControls)) {
        return Optional.of(
            HttpAnswer.text(400, "Header " + header.getKey() + " holds a control character"));
      }
    }
    if (headers.containsKey("content-length") && headers.containsKey("transfer-encoding")) {
      return Optional.of(HttpAnswer.text(400, "Content-Length beside Transfer-Encoding"));
    }
    if (!headers
        .getOrDefault("transfer-encoding", CHUNKED)
        .getFirst()
        .strip()
        .equalsIgnoreCase("chunked")) {
      return Optional.of(HttpAnswer.text(400, "Transfer-Encoding is chunked alone"));
    }
    if (headers.containsKey("content-encoding")) {
      return Optional.of(HttpAnswer.text(415, "Content-Encoding is not accepted"));
    }
    return Optional.empty();
  }

  /** RFC 9110 §5.6.2. */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c ->
                c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f);
  }
}

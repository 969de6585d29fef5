package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cross-origin access as browsers with AWS SDKs need it (protocol.md §1): every origin, no
 * credentials; the pre-flight allows exactly the header names it is asked for, so that newer SDKs
 * keep working.
 */
enum Cors {
  /** No header: a browser keeps answers from pages of other origins. */
  OFF,
  ANY_ORIGIN;

  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
  private static final int MOST_NAMES = 64;
  private static final String MAX_AGE = "7200";

  /** What every answer of the route carries, errors too. */
  HttpAnswer mark(HttpAnswer answer) {
    return this == OFF
        ? answer
        : answer
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Expose-Headers", EXPOSED);
  }

  /**
   * Answers a pre-flight for a method that the route takes.
   *
   * @param names the request's {@code Access-Control-Request-Headers}
   */
  static HttpAnswer preflight(String method, String names) {
    Optional<List<String>> allowed = names(names);
    if (allowed.isEmpty()) {
      return HttpAnswer.text(403, "Access-Control-Request-Headers is not a list of header names");
    }
    HttpAnswer answer =
        ANY_ORIGIN
            .mark(HttpAnswer.empty(200))
            .with("Access-Control-Allow-Methods", method)
            .with("Access-Control-Max-Age", MAX_AGE)
            .with("Vary", "Access-Control-Request-Headers");
    return allowed.get().isEmpty()
        ? answer
        : answer.with("Access-Control-Allow-Headers", String.join(",", allowed.get()));
  }

  private static Optional<List<String>> names(String text) {
    List<String> result = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      if (name.isEmpty() && text.isBlank()) {
        continue;
      }
      if (!HeaderRules.isToken(name) || result.size() == MOST_NAMES) {
        return Optional.empty();
      }
      result.add(name);
    }
    return Optional.of(result);
  }
}

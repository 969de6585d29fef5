package dev.gatehouse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.http.HttpRequest;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a Query request: of its form, or of its query when it has no form.
 *
 * @param values by name; none is there twice
 * @param fault what is wrong with them, {@code ""} when nothing is
 */
record QueryParameters(Map<String, String> values, String fault) {
  private static final int MOST = 1000;

  static QueryParameters of(HttpRequest request) {
    String form =
        isForm(request) && request.method().equals("POST")
            ? new String(request.body(), UTF_8)
            : request.query();
    Map<String, String> values = new TreeMap<>();
    String fault = "";
    for (String pair : form.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        fault = "The query string is not URL-encoded.";
      } else if (values.size() == MOST || values.put(name.get(), value.get()) != null) {
        fault = "The query string has too many parameters, or one of them twice.";
      }
    }
    return new QueryParameters(values, fault);
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }

  static boolean isForm(HttpRequest request) {
    return request
        .header("content-type")
        .toLowerCase(Locale.ROOT)
        .startsWith("application/x-www-form-urlencoded");
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}

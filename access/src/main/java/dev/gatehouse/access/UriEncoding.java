package dev.gatehouse.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** How a request's URI enters the canonical request (sts-iam.md §4), for services other than S3. */
final class UriEncoding {
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private UriEncoding() {}

  /** Dot segments and double slashes removed, each segment encoded once more than it came. */
  static String canonicalPath(String rawPath) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : rawPath.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(encode(segment));
      }
    }
    String path = "/" + String.join("/", segments);
    return rawPath.endsWith("/") && path.length() > 1 ? path + "/" : path;
  }

  /** Sorted by encoded name, then value; the value of a name alone is empty. */
  static String canonicalQuery(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return "";
    }
    List<Pair> pairs = new ArrayList<>();
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.add(new Pair(encode(decode(name)), encode(decode(value))));
    }
    pairs.sort(Comparator.comparing(Pair::name).thenComparing(Pair::value));
    return pairs.stream()
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining("&"));
  }

  private record Pair(String name, String value) {}

  private static String encode(String text) {
    StringBuilder result = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= 'A' && c <= 'Z'
          || c >= 'a' && c <= 'z'
          || c >= '0' && c <= '9'
          || c == '-'
          || c == '.'
          || c == '_'
          || c == '~') {
        result.append(c);
      } else {
        result.append('%').append(UPPER.toHexDigits(b));
      }
    }
    return result.toString();
  }

  /**
   * Percent-decoding; a plus sign is a blank, as those who read the query take it. What is not a
   * valid escape stays as it is.
   */
  private static String decode(String text) {
    byte[] bytes = text.replace('+', ' ').getBytes(UTF_8);
    byte[] result = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%'
          && i + 2 < bytes.length
          && HexFormat.isHexDigit(bytes[i + 1])
          && HexFormat.isHexDigit(bytes[i + 2])) {
        result[length++] =
            (byte)
                (HexFormat.fromHexDigit(bytes[i + 1]) * 16 + HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        result[length++] = bytes[i];
      }
    }
    return new String(result, 0, length, UTF_8);
  }
}

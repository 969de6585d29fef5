package dev.gatehouse.userpool.token;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A browser or app and an operating system out of a user agent, e.g. {@code Chrome 125 / macOS
 * 15.0} (new-2026.md §1.2). Only the common ones are known. The header is anybody's text: what is
 * told of it has known words, or a product's name and version of harmless characters.
 */
final class DeviceType {
  private static final String UNKNOWN = "unknown";
  private static final int LOOKED_AT = 512;

  /**
   * A product by a mark in the header.
   *
   * @param name what it is called; null for the mark's own name
   */
  private record Sign(Pattern mark, String name) {
    static Sign of(String mark, String name) {
      return new Sign(Pattern.compile(mark), name);
    }

    Optional<String> in(String text) {
      Matcher matcher = mark.matcher(text);
      if (!matcher.find()) {
        return Optional.empty();
      }
      String version = matcher.groupCount() == 0 ? null : matcher.group(1);
      return Optional.of(version == null ? name : name + " " + version.replace('_', '.'));
    }
  }

  /** Browsers name those that they want to be taken for: the more special one comes first. */
  private static final List<Sign> BROWSERS =
      List.of(
          Sign.of("Edg(?:e|A|iOS)?/([0-9]{1,5})", "Edge"),
          Sign.of("OPR/([0-9]{1,5})", "Opera"),
          Sign.of("SamsungBrowser/([0-9]{1,5})", "Samsung Internet"),
          Sign.of("(?:FxiOS|Firefox)/([0-9]{1,5})", "Firefox"),
          Sign.of("(?:CriOS|HeadlessChrome|Chrome)/([0-9]{1,5})", "Chrome"),
          Sign.of("Version/([0-9]{1,5})[0-9.]{0,20} (?:Mobile/[0-9A-Z]{1,10} )?Safari/", "Safari"));

  private static final List<Sign> SYSTEMS =
      List.of(
          Sign.of("iPhone OS ([0-9]{1,3}(?:_[0-9]{1,3})?)", "iOS"),
          Sign.of("iPad; CPU OS ([0-9]{1,3}(?:_[0-9]{1,3})?)", "iPadOS"),
          Sign.of("Mac OS X(?: ([0-9]{1,3}(?:[_.][0-9]{1,3})?))?", "macOS"),
          Sign.of("Windows NT ([0-9]{1,3})", "Windows"),
          Sign.of("Android(?: ([0-9]{1,3}))?", "Android"),
          Sign.of("CrOS", "ChromeOS"),
          // the form of the AWS SDKs
          Sign.of("\\bos/macos(?:#([0-9]{1,3}(?:\\.[0-9]{1,3})?))?", "macOS"),
          Sign.of("(?i)\\bos/mac_?os_?x?(?:#([0-9]{1,3}(?:\\.[0-9]{1,3})?))?", "macOS"),
          Sign.of("(?i)\\bos/windows(?:#([0-9]{1,3}))?", "Windows"),
          Sign.of("(?i)\\bos/ios(?:#([0-9]{1,3}(?:\\.[0-9]{1,3})?))?", "iOS"),
          Sign.of("(?i)\\bos/android(?:#([0-9]{1,3}))?", "Android"),
          Sign.of("(?i)\\bLinux\\b", "Linux"));

  private static final Pattern PRODUCT =
      Pattern.compile("^([A-Za-z][A-Za-z0-9._-]{0,39})/([0-9][0-9A-Za-z._-]{0,19})(?:[ ;]|$)");

  private DeviceType() {}

  /** What the header tells; {@code unknown} when that is nothing. */
  static String of(String userAgent) {
    String text = userAgent.substring(0, Math.min(LOOKED_AT, userAgent.length()));
    String told =
        Stream.of(product(text), first(SYSTEMS, text))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" / "));
    return told.isEmpty() ? UNKNOWN : told;
  }

  private static Optional<String> product(String text) {
    if (text.startsWith("Mozilla/")) {
      return first(BROWSERS, text);
    }
    Matcher product = PRODUCT.matcher(text);
    return product.find()
        ? Optional.of(product.group(1) + " " + product.group(2))
        : Optional.empty();
  }

  private static Optional<String> first(List<Sign> signs, String text) {
    return signs.stream().map(sign -> sign.in(text)).flatMap(Optional::stream).findFirst();
  }
}

package dev.gatehouse.http;

import dev.gatehouse.kernel.WallClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header (RFC 9110 §6.6.1), written once a second. */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final WallClock clock;
  private volatile Written written = new Written(Long.MIN_VALUE, "");

  private record Written(long second, String text) {}

  HttpDate(WallClock clock) {
    this.clock = clock;
  }

  String now() {
    Instant now = clock.now();
    Written last = written;
    if (last.second() != now.getEpochSecond()) {
      last = new Written(now.getEpochSecond(), FORM.format(now));
      written = last;
    }
    return last.text();
  }
}

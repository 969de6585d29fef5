package dev.gatehouse.crypto;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TIMESTAMP of a password claim: {@code EEE MMM d HH:mm:ss 'UTC' yyyy}, English (auth.md §4). The
 * day may be padded with a blank or a zero; the weekday is not compared with the date, since
 * clients with a foreign locale get it wrong and the signature covers the text anyway.
 */
public final class SrpTimestamp {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final Pattern FORMAT =
      Pattern.compile(
          "[A-Za-z]{3} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2})"
              + " ([0-9]{2}):([0-9]{2}):([0-9]{2}) UTC ([0-9]{4})");
  private static final DateTimeFormatter WRITER =
      new DateTimeFormatterBuilder()
          .appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT)
          .appendLiteral(' ')
          .appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT)
          .appendPattern(" d HH:mm:ss 'UTC' yyyy")
          .toFormatter(Locale.US)
          .withZone(ZoneOffset.UTC);

  private SrpTimestamp() {}

  /** Empty when the text has another form or names no time. */
  public static Optional<Instant> parse(String timestamp) {
    Matcher matcher = FORMAT.matcher(timestamp);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(matcher, 6),
                  MONTHS.indexOf(matcher.group(1)) + 1,
                  number(matcher, 2),
                  number(matcher, 3),
                  number(matcher, 4),
                  number(matcher, 5))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /** The text that a well-behaved client sends. */
  public static String format(Instant time) {
    return WRITER.format(time);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}

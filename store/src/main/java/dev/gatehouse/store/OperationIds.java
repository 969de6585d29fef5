package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of writes: 12 hexadecimal digits of the time, 16 of this process, 16 of a count. They grow
 * with time, so that old ones are a range.
 */
final class OperationIds {
  private static final HexFormat HEX = HexFormat.of();
  private final Clock clock;
  private final String process;
  private final AtomicLong count = new AtomicLong();

  OperationIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.process = HEX.toHexDigits(random.nextLong());
  }

  String next() {
    return firstOf(clock.now()) + process + HEX.toHexDigits(count.incrementAndGet());
  }

  /** Not after any id of this time. */
  static String firstOf(Instant time) {
    return HEX.toHexDigits(time.toEpochMilli(), 12);
  }
}

package dev.gatehouse.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A {@link Clock} that runs with the wall clock, some time ahead of it. It moves forward only. */
public final class AdjustableClock implements Clock {
  /** Beyond what is valid the longest, a refresh token of ten years. */
  private static final Duration FARTHEST = Duration.ofDays(20 * 365);

  private final WallClock wall;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  public AdjustableClock(WallClock wall) {
    this.wall = wall;
  }

  @Override
  public Instant now() {
    // whole milliseconds, as the store keeps them: what is answered is what will be read
    return wall.now().plus(ahead.get()).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Moves the clock forward.
   *
   * @throws IllegalArgumentException if {@code by} is negative, or would make it more than 20 years
   *     ahead in all; it does not move then
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock moves forward only");
    }
    if (by.compareTo(FARTHEST) > 0) {
      throw new IllegalArgumentException("the clock moves 20 years at the most");
    }
    ahead.updateAndGet(before -> {
      Duration after = before.plus(by);
      if (after.compareTo(FARTHEST) > 0) {
        throw new IllegalArgumentException("the clock is 20 years ahead at the most");
      }
      return after;
    });
  }
}

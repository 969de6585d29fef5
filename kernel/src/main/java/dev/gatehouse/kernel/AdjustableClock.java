package dev.gatehouse.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A {@link Clock} that runs with the wall clock, some time ahead of it. It moves forward only. */
public final class AdjustableClock implements Clock {
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
   * @throws IllegalArgumentException if {@code by} is negative
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock moves forward only");
    }
    ahead.accumulateAndGet(by, Duration::plus);
  }
}

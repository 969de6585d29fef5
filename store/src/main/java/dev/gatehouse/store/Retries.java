package dev.gatehouse.store;

import dev.gatehouse.kernel.Meter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How often one call tries again: ten times, with growing, jittered pauses, and when the server
 * cannot be reached no longer than its patience.
 */
final class Retries {
  static final int MOST = 10;
  private static final long FIRST_PAUSE = Duration.ofMillis(4).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();

  private final Meter meter;
  private final long deadline;
  private int made;

  Retries(Meter meter, Duration patience) {
    this.meter = meter;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /**
   * Waits before another attempt.
   *
   * @throws ConflictException or {@link StoreException} when there is none left
   */
  void next(PostgresFailure kind, Throwable failure) {
    made++;
    if (kind == PostgresFailure.CONFLICT) {
      if (made > MOST) {
        throw new ConflictException("in conflict at " + made + " attempts", failure);
      }
      meter.count("store_retries_total", "cause", "conflict");
    } else {
      if (made > MOST || System.nanoTime() - deadline > 0) {
        throw new StoreException("PostgreSQL cannot be reached", failure);
      }
      meter.count("store_retries_total", "cause", "unreachable");
    }
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << made);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 4, pause));
  }
}

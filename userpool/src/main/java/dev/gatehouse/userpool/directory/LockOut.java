package dev.gatehouse.userpool.directory;

import java.time.Duration;

/**
 * The lock-out after wrong passwords (auth.md §3): from the {@code threshold}-th failure in a row
 * the n-th one locks for {@code first} times 2^(n−threshold), at most {@code longest}; forgotten
 * after {@code longest} without an attempt.
 *
 * @param threshold failures in a row that are free, at least 1
 */
public record LockOut(int threshold, Duration first, Duration longest) {
  /** Cognito's: the fifth failure locks a second, the sixth two, up to 15 minutes. */
  public static final LockOut COGNITO =
      new LockOut(5, Duration.ofSeconds(1), Duration.ofMinutes(15));

  public LockOut {
    if (threshold < 1 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("lock-out: threshold >= 1 and 0 <= first <= longest");
    }
  }

  /** How long the {@code failures}-th failure in a row locks. */
  public Duration after(int failures) {
    if (failures < threshold) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - threshold, 40);
    Duration lock = first.multipliedBy(1L << doublings);
    return lock.compareTo(longest) > 0 ? longest : lock;
  }
}

package dev.gatehouse.kernel;

import java.time.Instant;

/**
 * The time of everything that is stored or issued: token claims, code and session lives, lock-outs,
 * grace periods, outbox schedules. Tests and {@code --ephemeral} may move it forward; see {@link
 * WallClock} for the time that nobody moves.
 */
@FunctionalInterface
public interface Clock {
  /** The present time, in UTC, never earlier than a time answered before. */
  Instant now();
}

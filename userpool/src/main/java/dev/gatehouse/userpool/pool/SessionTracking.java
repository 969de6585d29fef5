package dev.gatehouse.userpool.pool;

import org.jspecify.annotations.Nullable;

/**
 * What SetUserPoolSessionConfiguration sets (new-2026.md §1.3); part of the pool's document.
 *
 * @param since when tracking was enabled, milliseconds since the epoch; null while it is disabled.
 *     Records from before it count for nothing: they are of an earlier time of tracking.
 * @param mostPerUser token sessions that a user may have
 */
public record SessionTracking(@Nullable Long since, int mostPerUser) {
  /** Of a pool that was never told otherwise. */
  public static final SessionTracking DEFAULT = new SessionTracking(null, 20);
}

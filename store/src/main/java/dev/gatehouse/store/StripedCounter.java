package dev.gatehouse.store;

import java.util.Collection;
import org.jdbi.v3.core.Handle;

/**
 * A count that each pool keeps (of its users, for one), changed in the transaction that changes
 * what is counted. It has 16 stripes, so that writers rarely wait for each other; which stripe a
 * row counts in follows from its key, so that its deletion finds the same.
 *
 * @param name the counter's name, e.g. {@code users}
 */
public record StripedCounter(String name) {
  private static final int STRIPES = 16;

  /** Adds {@code change}, which may be negative, for the row with this key; inside a write. */
  public void add(Handle handle, String poolId, String rowKey, long change) {
    addToStripe(handle, poolId, stripe(rowKey), change);
  }

  /** Adds one for each of many rows, a statement a stripe; inside a write. */
  public void addEach(Handle handle, String poolId, Collection<String> rowKeys) {
    long[] changes = new long[STRIPES];
    rowKeys.forEach(key -> changes[stripe(key)]++);
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      if (changes[stripe] > 0) {
        addToStripe(handle, poolId, stripe, changes[stripe]);
      }
    }
  }

  private static int stripe(String rowKey) {
    return Math.floorMod(rowKey.hashCode(), STRIPES);
  }

  private void addToStripe(Handle handle, String poolId, int stripe, long change) {
    handle.execute(
        "INSERT INTO counter (pool_id, name, stripe, value) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (pool_id, name, stripe)"
            + " DO UPDATE SET value = counter.value + excluded.value",
        poolId,
        name,
        stripe,
        change);
  }

  /** The count, 0 for a pool that never counted. */
  public long sum(Handle handle, String poolId) {
    return handle
        .createQuery(
            "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM counter"
                + " WHERE pool_id = :poolId AND name = :name")
        .bind("poolId", poolId)
        .bind("name", name)
        .mapTo(Long.class)
        .one();
  }

  /** Forgets all counts of a pool that is being deleted. */
  public static void deleteAll(Handle handle, String poolId) {
    handle.execute("DELETE FROM counter WHERE pool_id = ?", poolId);
  }
}

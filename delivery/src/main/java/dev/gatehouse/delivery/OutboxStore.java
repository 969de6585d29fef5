package dev.gatehouse.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Table {@code outbox}. */
final class OutboxStore {
  private OutboxStore() {}

  /** A row that this node has leased. */
  record Row(
      String poolId,
      String id,
      Medium medium,
      int attempts,
      Instant expires,
      byte @Nullable [] sealed) {}

  /** Leases rows that are due; of several nodes one gets each row. */
  static List<Row> lease(Handle handle, Instant now, Duration lease, int most) {
    return handle
        .createQuery(
            """
            UPDATE outbox SET leased = :until, attempts = attempts + 1
            WHERE leased <= :now AND dead IS NULL AND (pool_id, id) IN (
              SELECT pool_id, id FROM outbox WHERE due <= :now AND leased <= :now AND dead IS NULL ORDER BY due LIMIT :most)
            RETURNING pool_id, id, medium, attempts, expires, sealed
            """)
        .bind("now", now.toEpochMilli())
        .bind("until", now.plus(lease).toEpochMilli())
        .bind("most", most)
        .map((row, context) ->
            new Row(
                row.getString("pool_id"),
                row.getString("id"),
                Medium.valueOf(row.getString("medium")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("expires")),
                row.getBytes("sealed")))
        .list();
  }

  static void sent(Handle handle, Row row) {
    handle
        .createUpdate("DELETE FROM outbox WHERE pool_id = :pool AND id = :id")
        .bind("pool", row.poolId())
        .bind("id", row.id())
        .execute();
  }

  static void postpone(Handle handle, Row row, Instant due) {
    handle
        .createUpdate("UPDATE outbox SET leased = 0, due = :due WHERE pool_id = :pool AND id = :id")
        .bind("pool", row.poolId())
        .bind("id", row.id())
        .bind("due", due.toEpochMilli())
        .execute();
  }

  /** Gives a message up; what it said is forgotten. */
  static void bury(Handle handle, Row row, String reason) {
    handle
        .createUpdate(
            "UPDATE outbox SET leased = 0, dead = :reason, sealed = NULL WHERE pool_id = :pool AND id = :id")
        .bind("pool", row.poolId())
        .bind("id", row.id())
        .bind("reason", reason)
        .execute();
  }

  /** When the oldest message on its way was written. */
  static @Nullable Instant oldest(Handle handle) {
    return handle
        .createQuery("SELECT MIN(created) AS oldest FROM outbox WHERE dead IS NULL")
        .map((row, context) -> {
          long oldest = row.getLong("oldest");
          return row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(oldest);
        })
        .findOne()
        .filter(instant -> !instant.equals(Instant.MAX))
        .orElse(null);
  }

  static long dead(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) AS dead FROM outbox WHERE dead IS NOT NULL")
        .map((row, context) -> row.getLong("dead"))
        .one();
  }

  /** Forgets dead letters that were written before. */
  static int sweep(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM outbox WHERE dead IS NOT NULL AND created < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }
}

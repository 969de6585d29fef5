package dev.gatehouse.delivery;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code outbox}. A lease moves {@code due} to its end and counts {@code lease} up; every
 * change afterwards names that count, so that a node which comes back after its lease has ended
 * changes nothing.
 */
final class OutboxStore {
  /** When dead rows are due. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final int SWEPT_AT_ONCE = 500;

  private OutboxStore() {}

  /** A message about to be written. */
  record NewRow(
      String poolId, String id, Medium medium, Instant created, Instant expires, byte[] sealed) {}

  /**
   * A row that this node has leased.
   *
   * @param lease which lease this is
   * @param attempts this one included
   */
  record Row(
      String poolId,
      String id,
      Medium medium,
      long lease,
      int attempts,
      Instant expires,
      byte[] sealed) {}

  static void insert(Handle handle, NewRow row) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (pool_id, id, medium, due, lease, attempts, expires, created, dead, sealed)
            VALUES (:pool, :id, :medium, :created, 0, 0, :expires, :created, NULL, :sealed)
            """)
        .bind("pool", row.poolId())
        .bind("id", row.id())
        .bind("medium", row.medium().name())
        .bind("created", row.created().toEpochMilli())
        .bind("expires", row.expires().toEpochMilli())
        .bind("sealed", row.sealed())
        .execute();
  }

  /** Whether a lease would find something; for {@code read}, so that idle nodes write nothing. */
  static boolean anyDue(Handle handle, Medium medium, Instant now) {
    return handle
        .createQuery("SELECT due FROM outbox WHERE medium = :medium AND due <= :now LIMIT 1")
        .bind("medium", medium.name())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> row.getLong("due"))
        .findOne()
        .isPresent();
  }

  /**
   * Leases rows that are due. Of several nodes one gets each row: the update looks at {@code due}
   * again once the row is its own.
   */
  static List<Row> lease(Handle handle, Medium medium, Instant now, Instant until, int most) {
    return handle
        .createQuery(
            """
            UPDATE outbox SET due = :until, lease = lease + 1, attempts = attempts + 1
            WHERE due <= :now AND (pool_id, id) IN (
              SELECT pool_id, id FROM outbox WHERE medium = :medium AND due <= :now ORDER BY due LIMIT :most)
            RETURNING pool_id, id, medium, lease, attempts, expires, sealed
            """)
        .bind("medium", medium.name())
        .bind("now", now.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("most", most)
        .map((row, context) ->
            new Row(
                row.getString("pool_id"),
                row.getString("id"),
                Medium.valueOf(row.getString("medium")),
                row.getLong("lease"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("expires")),
                row.getBytes("sealed")))
        .list();
  }

  /** Forgets a message that was sent, unless the lease was lost. */
  static boolean sent(Handle handle, Row row) {
    return handle
            .createUpdate(
                "DELETE FROM outbox WHERE pool_id = :pool AND id = :id AND lease = :lease")
            .bind("pool", row.poolId())
            .bind("id", row.id())
            .bind("lease", row.lease())
            .execute()
        == 1;
  }

  /** Ends the lease; the next attempt is not before {@code due}. */
  static boolean retry(Handle handle, Row row, Instant due) {
    return postpone(handle, row, due, row.attempts());
  }

  /** As {@link #retry} when nothing was tried. */
  static boolean wait(Handle handle, Row row, Instant due) {
    return postpone(handle, row, due, row.attempts() - 1);
  }

  private static boolean postpone(Handle handle, Row row, Instant due, int attempts) {
    return handle
            .createUpdate(
                """
                UPDATE outbox SET due = :due, attempts = :attempts
                WHERE pool_id = :pool AND id = :id AND lease = :lease
                """)
            .bind("pool", row.poolId())
            .bind("id", row.id())
            .bind("lease", row.lease())
            .bind("due", due.toEpochMilli())
            .bind("attempts", attempts)
            .execute()
        == 1;
  }

  /** Gives a message up; what it said is forgotten. */
  static boolean bury(Handle handle, Row row, String reason) {
    return handle
            .createUpdate(
                """
                UPDATE outbox SET due = :never, dead = :reason, sealed = NULL
                WHERE pool_id = :pool AND id = :id AND lease = :lease
                """)
            .bind("pool", row.poolId())
            .bind("id", row.id())
            .bind("lease", row.lease())
            .bind("never", NEVER)
            .bind("reason", reason)
            .execute()
        == 1;
  }

  /** When the oldest message on its way was written. */
  static @Nullable Instant oldest(Handle handle) {
    return handle
        .createQuery("SELECT MIN(created) AS oldest FROM outbox WHERE due < :never")
        .bind("never", NEVER)
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
        .createQuery("SELECT COUNT(*) AS dead FROM outbox WHERE due = :never")
        .bind("never", NEVER)
        .map((row, context) -> row.getLong("dead"))
        .one();
  }

  /**
   * Forgets some dead letters that were written before.
   *
   * @return whether there may be more
   */
  static boolean sweep(Handle handle, Medium medium, Instant before) {
    return handle
            .createUpdate(
                """
                DELETE FROM outbox WHERE (pool_id, id) IN (
                  SELECT pool_id, id FROM outbox
                  WHERE medium = :medium AND due = :never AND created < :before LIMIT :most)
                """)
            .bind("medium", medium.name())
            .bind("never", NEVER)
            .bind("before", before.toEpochMilli())
            .bind("most", SWEPT_AT_ONCE)
            .execute()
        == SWEPT_AT_ONCE;
  }

  /** Deletes messages of a pool, in whatever state they are. */
  static int deleteSome(Handle handle, String poolId, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM outbox WHERE pool_id = :pool AND id IN (
              SELECT id FROM outbox WHERE pool_id = :pool LIMIT :most)
            """)
        .bind("pool", poolId)
        .bind("most", most)
        .execute();
  }
}

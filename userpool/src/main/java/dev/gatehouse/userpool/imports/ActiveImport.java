package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code import_active}: the one job that runs, or waits to. The node whose lease stands in
 * the row works on it; each of its writes states the lease again, so that a node that was believed
 * dead writes nothing more.
 */
public final class ActiveImport {
  private ActiveImport() {}

  /** Which job it is. */
  record Job(String poolId, String jobId) {}

  /**
   * Makes a job the active one.
   *
   * @return false when there is one
   */
  static boolean claim(Handle handle, String poolId, String jobId) {
    return handle
            .createUpdate(
                """
                INSERT INTO import_active (slot, pool_id, job_id, lease, leased) VALUES (1, :pool, :job, '', 0)
                ON CONFLICT (slot) DO NOTHING
                """)
            .bind("pool", poolId)
            .bind("job", jobId)
            .execute()
        == 1;
  }

  /** Whether a job waits for a node at this moment. */
  static boolean waits(Handle handle, Instant now) {
    return handle
        .createQuery("SELECT job_id FROM import_active WHERE leased < :now")
        .bind("now", now.toEpochMilli())
        .map((row, context) -> row.getString("job_id"))
        .findOne()
        .isPresent();
  }

  /** Takes the active job, if no node holds it. */
  static Optional<Job> take(Handle handle, String lease, Instant until, Instant now) {
    return handle
        .createQuery(
            """
            UPDATE import_active SET lease = :lease, leased = :until WHERE slot = 1 AND leased < :now
            RETURNING pool_id, job_id
            """)
        .bind("lease", lease)
        .bind("until", until.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> new Job(row.getString("pool_id"), row.getString("job_id")))
        .findOne();
  }

  /**
   * Holds the lease for longer.
   *
   * @return false when it is another node's, or the job is not there any more
   */
  static boolean hold(Handle handle, String lease, Instant until) {
    return handle
            .createUpdate(
                "UPDATE import_active SET leased = :until WHERE slot = 1 AND lease = :lease")
            .bind("lease", lease)
            .bind("until", until.toEpochMilli())
            .execute()
        == 1;
  }

  /** Lets other nodes take the job at once. */
  static void release(Handle handle, String lease) {
    hold(handle, lease, Instant.EPOCH);
  }

  /**
   * Makes room for the next job.
   *
   * @return false when the lease is not in force
   */
  static boolean end(Handle handle, String lease) {
    return handle
            .createUpdate("DELETE FROM import_active WHERE slot = 1 AND lease = :lease")
            .bind("lease", lease)
            .execute()
        == 1;
  }

  /**
   * Refuses what may not change under a job that runs; inside the write that changes the pool's
   * row, after it: who starts a job holds that row too.
   *
   * @throws dev.gatehouse.kernel.Refusal IMPORT_IN_PROGRESS
   */
  public static void refuseWhileRunning(Handle handle, String poolId) {
    boolean runs =
        handle
            .createQuery("SELECT job_id FROM import_active WHERE pool_id = :pool")
            .bind("pool", poolId)
            .map((row, context) -> row.getString("job_id"))
            .findOne()
            .isPresent();
    if (runs) {
      throw Why.IMPORT_IN_PROGRESS.refusal();
    }
  }
}

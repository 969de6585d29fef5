package dev.gatehouse.userpool.directory;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Table {@code attempt}. Rows are keyed by sub, or by the decoy sub of a name that nobody has, so
 * that both cost the same; a sweep takes away what is older than the window.
 */
public final class AttemptStore {
  /** What a lock-out follows from; each kind is counted for itself (auth.md §3). */
  public enum Guess {
    PASSWORD,
    /** A code of a second factor, or of a first one that is a code. */
    CODE
  }

  private static final String COUNT =
      """
      INSERT INTO attempt (pool_id, sub, kind, count, since, latest, until)
      VALUES (:pool, :sub, :kind, 1, :now, :now, 0)
      ON CONFLICT (pool_id, sub, kind) DO UPDATE SET
        count = CASE WHEN attempt.since <= :window THEN 1 ELSE attempt.count + 1 END,
        since = CASE WHEN attempt.since <= :window THEN :now ELSE attempt.since END,
        latest = :now
      WHERE attempt.since <= :window OR attempt.count < :limit
      """;

  private static final String FAIL =
      """
      INSERT INTO attempt (pool_id, sub, kind, count, since, latest, until)
      VALUES (:pool, :sub, :kind, 1, :now, :now, :firstUntil)
      ON CONFLICT (pool_id, sub, kind) DO UPDATE SET
        count = CASE WHEN attempt.latest <= :forgotten THEN 1 ELSE attempt.count + 1 END,
        latest = :now,
        until = :now + CASE
          WHEN attempt.latest <= :forgotten THEN :firstLock
          WHEN attempt.count + 1 < :threshold THEN 0
          WHEN attempt.count + 1 - :threshold >= :doublings THEN :longest
          ELSE :first * (1 << (attempt.count + 1 - :threshold)) END
      WHERE attempt.until <= :now
      """;

  private AttemptStore() {}

  /**
   * Counts one attempt. Called before the attempt's outcome is known, in the transaction that
   * brings its effect.
   *
   * @return false when the limit is reached; nothing was counted then
   */
  public static boolean count(
      Handle handle, String poolId, String sub, AttemptLimit limit, Instant now) {
    return handle
            .createUpdate(COUNT)
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("kind", limit.name())
            .bind("now", now.toEpochMilli())
            .bind("window", now.minus(AttemptLimit.WINDOW).toEpochMilli())
            .bind("limit", limit.perHour())
            .execute()
        == 1;
  }

  /**
   * Counts a wrong guess and sets the lock that follows from it. An attempt made during a lock
   * changes nothing.
   *
   * @return false when the user is locked out at {@code now}
   */
  public static boolean fail(
      Handle handle, String poolId, String sub, Guess guess, LockOut lockOut, Instant now) {
    long longest = lockOut.longest().toMillis();
    long first = Math.max(1, lockOut.first().toMillis());
    long firstLock = lockOut.after(1).toMillis();
    Update update =
        handle
            .createUpdate(FAIL)
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("kind", guess.name())
            .bind("now", now.toEpochMilli())
            .bind("forgotten", now.minus(lockOut.longest()).toEpochMilli())
            .bind("firstLock", firstLock)
            .bind("firstUntil", firstLock == 0 ? 0 : now.toEpochMilli() + firstLock)
            .bind("threshold", lockOut.threshold())
            .bind("doublings", Math.min(30, 64 - Long.numberOfLeadingZeros(longest / first)))
            .bind("longest", longest)
            .bind("first", lockOut.first().toMillis());
    return update.execute() == 1;
  }

  /** Until when the user, or the decoy, is locked out; the epoch when it is not. */
  public static Instant lockedUntil(Handle handle, String poolId, String sub, Guess guess) {
    return handle
        .createQuery(
            "SELECT until FROM attempt WHERE pool_id = :pool AND sub = :sub AND kind = :kind")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("kind", guess.name())
        .map((row, context) -> Instant.ofEpochMilli(row.getLong("until")))
        .findOne()
        .orElse(Instant.EPOCH);
  }

  /**
   * Forgets the wrong guesses of a user: a sign-in succeeded after the lock, or an administrator
   * set a password.
   */
  public static void clear(Handle handle, String poolId, String sub, Guess guess) {
    handle
        .createUpdate("DELETE FROM attempt WHERE pool_id = :pool AND sub = :sub AND kind = :kind")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("kind", guess.name())
        .execute();
  }

  /**
   * Forgets the wrong guesses of a user who has guessed right, unless they lock.
   *
   * @return false when the user is locked out at {@code now}
   */
  public static boolean pass(Handle handle, String poolId, String sub, Guess guess, Instant now) {
    handle
        .createUpdate(
            "DELETE FROM attempt WHERE pool_id = :pool AND sub = :sub AND kind = :kind AND until <= :now")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("kind", guess.name())
        .bind("now", now.toEpochMilli())
        .execute();
    return !lockedUntil(handle, poolId, sub, guess).isAfter(now);
  }

  /** Takes away rows that no longer count; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM attempt WHERE (pool_id, sub, kind) IN (
              SELECT pool_id, sub, kind FROM attempt WHERE latest < :before LIMIT :most)
            """)
        .bind("before", before.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}

package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.auth.CustomFlowStore;
import dev.gatehouse.userpool.auth.DeviceRounds;
import dev.gatehouse.userpool.auth.Sessions;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.imports.ImportFiles;
import dev.gatehouse.userpool.imports.ImportJob;
import dev.gatehouse.userpool.imports.ImportStore;
import dev.gatehouse.userpool.pool.PoolRemoval;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.SigningKeyStore;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Takes away what has expired, in small transactions; to be run every minute. Running on several
 * nodes at once does no harm.
 */
public final class Housekeeping {
  private static final int CHUNK = 500;

  /** Of a quarter of a MiB each. */
  private static final int PIECES = 16;

  /** Attempts are counted by the hour, lock-outs last up to a quarter of one. */
  private static final Duration ATTEMPTS = Duration.ofHours(1);

  /** The longest life of an access token: a family is asked for as long. */
  private static final Duration ACCESS_TOKENS = Duration.ofDays(1);

  /** No request that found a pool before its deletion is under way for as long. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final Database database;
  private final PoolRemoval removal;
  private final Clock clock;

  public Housekeeping(Database database, PoolRemoval removal, Clock clock) {
    this.database = database;
    this.removal = removal;
    this.clock = clock;
  }

  @FunctionalInterface
  private interface Sweep {
    int some(Handle handle);
  }

  public void run() {
    Instant now = clock.now();
    all(handle -> AttemptStore.sweep(handle, now.minus(ATTEMPTS), CHUNK));
    all(handle -> CodeStore.sweep(handle, now, CHUNK));
    all(handle -> Sessions.sweep(handle, now, CHUNK));
    all(handle -> CustomFlowStore.sweep(handle, now, CHUNK));
    all(handle -> DeviceRounds.sweep(handle, now, CHUNK));
    all(handle -> FamilyStore.sweep(handle, now.minus(ACCESS_TOKENS), CHUNK));
    all(handle -> MemberStore.sweep(handle, CHUNK));
    all(handle -> ImportStore.expire(handle, now.minus(ImportJob.UNSTARTED_LIFE), now, CHUNK));
    while (database.<Integer>write(handle -> ImportFiles.sweep(handle, PIECES)) == PIECES) {
      // the next pieces of files
    }
    database.write(handle -> SigningKeyStore.sweep(handle, now));
    removal.run(now.minus(UNDER_WAY));
  }

  private void all(Sweep sweep) {
    while (database.<Integer>write(sweep::some) == CHUNK) {
      // the next chunk
    }
  }
}

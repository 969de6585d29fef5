package dev.gatehouse.userpool.imports;

import dev.gatehouse.crypto.ImportedHash;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.imports.ImportJob.Document;
import dev.gatehouse.userpool.imports.ImportJob.Status;
import dev.gatehouse.userpool.imports.ImportStore.JobRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What administrators do with import jobs. */
public final class ImportJobs {
  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final Runnable wake;

  /**
   * @param wake tells this node's worker that there is something to do
   */
  public ImportJobs(Database database, Clock clock, Ids ids, Runnable wake) {
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    this.wake = wake;
  }

  /** The columns that a file of the pool must have, in the order of GetCSVHeader. */
  public static List<String> header(Pool pool) {
    return CsvHeader.names(pool);
  }

  /**
   * Makes a job, which waits for its file.
   *
   * @param algorithm of the column {@code password_hash}, null without one
   * @throws dev.gatehouse.kernel.Refusal LIMIT_OF, POOL_UNKNOWN
   */
  public ImportJob create(
      Pool pool, String name, String cloudWatchLogsRoleArn, @Nullable ImportedHash algorithm) {
    ImportJob job =
        ImportJob.ofNew(
            pool.id(),
            ids.importJobId(),
            new Document(1, name, cloudWatchLogsRoleArn, algorithm),
            clock.now());
    JobRow row = JobRow.of(job);
    database.<Boolean>write(handle -> {
      hold(handle, pool);
      ImportStore.insert(handle, row);
      return true;
    });
    return job;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal IMPORT_JOB_UNKNOWN
   */
  public ImportJob require(Pool pool, String jobId) {
    return database.read(handle -> ImportStore.require(handle, pool.id(), jobId));
  }

  /**
   * Starts a job that has its file.
   *
   * @throws dev.gatehouse.kernel.Refusal IMPORT_JOB_UNKNOWN, IMPORT_NOTHING_VERIFIED,
   *     IMPORT_NOT_STARTABLE, IMPORT_WITHOUT_FILE, IMPORT_ANOTHER_RUNS
   */
  public ImportJob start(Pool pool, String jobId) {
    require(pool, jobId);
    // 1. no row could be imported into a pool that verifies nothing by itself
    if (pool.autoVerifiedAttributes().isEmpty()) {
      throw Why.IMPORT_NOTHING_VERIFIED.refusal();
    }
    // 2. one write decides; who changes the pool holds its row too
    Instant now = clock.now();
    Instant createdAfter = now.minus(ImportJob.UNSTARTED_LIFE);
    ImportJob started =
        database.write(handle -> {
          hold(handle, pool);
          if (!ImportStore.start(handle, pool.id(), jobId, createdAfter, now)) {
            throw notStarted(ImportStore.require(handle, pool.id(), jobId));
          }
          if (!ActiveImport.claim(handle, pool.id(), jobId)) {
            throw Why.IMPORT_ANOTHER_RUNS.refusal();
          }
          return ImportStore.require(handle, pool.id(), jobId);
        });
    wake.run();
    return started;
  }

  private static RuntimeException notStarted(ImportJob job) {
    return job.status() == Status.CREATED && job.size() == null
        ? Why.IMPORT_WITHOUT_FILE.refusal()
        : Why.IMPORT_NOT_STARTABLE.refusal(job.status().text());
  }

  /**
   * Stops a job after the rows that are being written.
   *
   * @throws dev.gatehouse.kernel.Refusal IMPORT_JOB_UNKNOWN, IMPORT_NOT_STOPPABLE
   */
  public ImportJob stop(Pool pool, String jobId) {
    ImportJob stopping =
        database.write(handle -> {
          boolean done = ImportStore.stop(handle, pool.id(), jobId);
          ImportJob job = ImportStore.require(handle, pool.id(), jobId);
          if (!done) {
            throw Why.IMPORT_NOT_STOPPABLE.refusal(job.status().text());
          }
          return job;
        });
    wake.run();
    return stopping;
  }

  private static void hold(Handle handle, Pool pool) {
    if (!PoolStore.hold(handle, pool.id())) {
      throw Why.POOL_UNKNOWN.refusal(pool.id());
    }
  }
}

package dev.gatehouse.userpool.imports;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs started jobs, one at a time in all nodes together. A job whose node has fallen is taken by
 * another, or by the same one when it is back, when its lease has ended.
 */
public final class ImportWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);
  private static final int CHUNKS_AT_ONCE = 16;
  private static final int PAUSE_SECONDS = 2;

  private final Database database;
  private final ImportFiles files;
  private final Pools pools;
  private final Clock clock;
  private final Ids ids;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("imports").unstarted(this::loop);
  private volatile boolean closed;

  public ImportWorker(Database database, ImportFiles files, Pools pools, Clock clock, Ids ids) {
    this.database = database;
    this.files = files;
    this.pools = pools;
    this.clock = clock;
    this.ids = ids;
  }

  /** Begins to look for jobs. */
  public void start() {
    thread.start();
  }

  /** Looks at once: a job was started on this node, or is to stop. */
  public void wake() {
    work.release();
  }

  private void loop() {
    while (!closed) {
      try {
        runWaiting();
      } catch (StoreException away) {
        LOG.warn("an import waits for the database", away);
      } catch (RuntimeException failure) {
        LOG.error("an import failed; it is tried again", failure);
      }
      try {
        if (work.tryAcquire(PAUSE_SECONDS, TimeUnit.SECONDS)) {
          work.drainPermits();
        }
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /**
   * Works on the job that waits, if there is one, to its end.
   *
   * @return whether there was one
   */
  public boolean runWaiting() {
    Instant now = clock.now();
    if (!database.<Boolean>read(handle -> ActiveImport.waits(handle, now))) {
      return false;
    }
    String lease = ids.uuid();
    Optional<ActiveImport.Job> job =
        database.write(handle -> ActiveImport.take(handle, lease, now.plus(ImportRun.LEASE), now));
    if (job.isEmpty()) {
      return false;
    }
    ImportRun run =
        new ImportRun(database, files, pools, clock, ids, job.get(), lease, () -> !closed);
    try {
      run.run();
    } catch (StoreException away) {
      throw away;
    } catch (RuntimeException mistake) {
      LOG.error("import {} failed", job.get().jobId(), mistake);
      run.giveUp();
    } finally {
      database.<Boolean>write(handle -> {
        ActiveImport.release(handle, lease);
        return true;
      });
    }
    while (database.<Integer>write(handle -> ImportFiles.sweep(handle, CHUNKS_AT_ONCE))
        == CHUNKS_AT_ONCE) {
      // the next pieces of its file
    }
    return true;
  }

  /** Ends after the batch that is being written. */
  @Override
  public void close() {
    closed = true;
    work.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

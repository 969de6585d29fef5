package dev.gatehouse.userpool.imports;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.NewUsers;
import dev.gatehouse.userpool.directory.NewUsers.Taken;
import dev.gatehouse.userpool.imports.CsvHeader.UnfitException;
import dev.gatehouse.userpool.imports.CsvLines.Line;
import dev.gatehouse.userpool.imports.ImportBatch.Plan;
import dev.gatehouse.userpool.imports.ImportFiles.File;
import dev.gatehouse.userpool.imports.ImportJob.Status;
import dev.gatehouse.userpool.imports.RowRules.BrokenRowException;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One node's work on one job, from where the last one left it. Rows and how far the job is are
 * written together, so that whoever goes on neither loses a row nor brings it twice.
 */
final class ImportRun {
  /** How long a node may take for a batch before others believe it dead. */
  static final Duration LEASE = Duration.ofSeconds(10);

  /**
   * Rows in a transaction: enough to pay for its commit, and over in a few hundredths of a second.
   */
  private static final int BATCH = 400;

  /** Bytes of the file in a transaction, more or less: rows may be long. */
  private static final int BATCH_BYTES = 1024 * 1024;

  private static final long MOST_USERS = 500_000;
  private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();
  private static final String STOPPED = "The Import Job was stopped by the developer.";
  private static final String NOBODY =
      "Too many users have failed or been skipped during the import.";
  private static final String DONE = "Import Job Completed Successfully.";

  private final Database database;
  private final ImportFiles files;
  private final Pools pools;
  private final Clock clock;
  private final Ids ids;
  private final String lease;
  private final BooleanSupplier goesOn;
  private final ActiveImport.Job active;

  /**
   * @param goesOn false when the server stops
   */
  ImportRun(
      Database database,
      ImportFiles files,
      Pools pools,
      Clock clock,
      Ids ids,
      ActiveImport.Job active,
      String lease,
      BooleanSupplier goesOn) {
    this.database = database;
    this.files = files;
    this.pools = pools;
    this.clock = clock;
    this.ids = ids;
    this.active = active;
    this.lease = lease;
    this.goesOn = goesOn;
  }

  /** The lease is another node's, the job does not run any more, or its pool is gone. */
  private static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostException() {
      super("the job is not this node's any more", null, false, false);
    }
  }

  /** What the database said; the write was rolled back. */
  private static final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Taken> names;

    TakenException(List<Taken> names) {
      super("names are taken", null, false, false);
      this.names = names;
    }
  }

  /**
   * Works until the job has ended, is lost, or the server stops; then the next node may take it.
   */
  void run() {
    boolean mine = true;
    while (mine) {
      mine = false;
      Optional<ImportJob> job = begun();
      Optional<Pool> pool = pools.find(active.poolId());
      if (job.isEmpty() || pool.isEmpty()) {
        return; // being deleted, and the row that names the job with it
      }
      try {
        if (job.get().status() == Status.STOPPING) {
          end(job.get(), Status.STOPPED, STOPPED);
        } else {
          go(job.get(), pool.get());
        }
      } catch (LostException lost) {
        // stopped meanwhile, or another's
        mine = goesOn.getAsBoolean() && isMine();
      }
    }
  }

  /** Ends the job for a mistake of ours. */
  void giveUp() {
    begun().ifPresent(job -> end(job, Status.FAILED, "An internal error ended the import."));
  }

  private boolean isMine() {
    Instant until = clock.now().plus(LEASE);
    return database.<Boolean>write(handle -> ActiveImport.hold(handle, lease, until));
  }

  /** The job as it is, in progress where it may be. */
  private Optional<ImportJob> begun() {
    return database.write(handle -> {
      ImportStore.begin(handle, active.poolId(), active.jobId());
      return ImportStore.find(handle, active.poolId(), active.jobId());
    });
  }

  private void go(ImportJob job, Pool pool) {
    ImportLog log = new ImportLog(job);
    // 1. what the file must be as a whole, before the first user is made of it
    if (job.fileLines() != null && job.fileLines() - 1 > MOST_USERS) {
      end(job, Status.FAILED, "The CSV file has more than 500000 users.");
      return;
    }
    try (InputStream in = files.open(File.of(job), 0)) {
      CsvLines lines = new CsvLines(in, 0, 0);
      CsvHeader header = header(pool, job, lines);
      // 2. the rows, from where they were left
      if (job.doneBytes() == 0) {
        rows(job, pool, header, lines);
      } else {
        try (InputStream rest = files.open(File.of(job), job.doneBytes())) {
          rows(job, pool, header, new CsvLines(rest, job.doneBytes(), job.doneLines()));
        }
      }
    } catch (UnfitException unfit) {
      log.failed(1, unfit.problem());
      end(job, Status.FAILED, "The header of the CSV file does not fit the user pool.");
    } catch (IOException neverOfTheDatabase) {
      throw new UncheckedIOException(neverOfTheDatabase);
    }
  }

  private static CsvHeader header(Pool pool, ImportJob job, CsvLines lines)
      throws IOException, UnfitException {
    return switch (lines.next().orElse(null)) {
      case null -> throw new UnfitException("The file is empty.");
      case Line.Unreadable(long number, String problem) -> throw new UnfitException(problem);
      case Line.Cells(long number, List<String> cells) -> {
        if (number != 1) {
          throw new UnfitException("The first line is empty.");
        }
        yield CsvHeader.read(pool, job.document(), cells);
      }
    };
  }

  private void rows(ImportJob begun, Pool pool, CsvHeader header, CsvLines lines)
      throws IOException {
    RowRules rules = new RowRules(pool, header, begun.document().algorithm(), ids);
    ImportLog log = new ImportLog(begun);
    ImportJob job = begun;
    long told = System.nanoTime();
    boolean more = true;
    while (more && goesOn.getAsBoolean()) {
      ImportBatch batch = new ImportBatch(pool);
      Instant now = clock.now();
      while (more && batch.size() < BATCH && lines.position() - job.doneBytes() < BATCH_BYTES) {
        Optional<Line> line = lines.next();
        more = line.isPresent();
        if (line.isPresent()) {
          judge(line.get(), rules, batch, now);
        }
      }
      Plan plan = write(job, batch, lines);
      batch.tell(plan, log);
      job = job.advanced(lines.position(), lines.number(), plan.counts());
      if (System.nanoTime() - told > TELL_NANOS) {
        told = System.nanoTime();
        log.progress(job.doneLines(), job.counts());
      }
    }
    if (!more) {
      boolean none = job.counts().imported() == 0;
      end(job, none ? Status.FAILED : Status.SUCCEEDED, none ? NOBODY : DONE);
    }
  }

  private static void judge(Line line, RowRules rules, ImportBatch batch, Instant now) {
    switch (line) {
      case Line.Unreadable(long number, String problem) -> batch.addBroken(number, problem);
      case Line.Cells(long number, List<String> cells) -> {
        try {
          batch.add(number, rules.user(cells, now));
        } catch (BrokenRowException broken) {
          batch.addBroken(number, broken.problem());
        }
      }
    }
  }

  /**
   * One transaction: the users, and how far the job is. Names that turn out to be taken roll it
   * back; then it is written without their rows.
   */
  private Plan write(ImportJob job, ImportBatch batch, CsvLines lines) {
    while (true) {
      Plan plan = batch.plan();
      Instant until = clock.now().plus(LEASE);
      try {
        database.<Boolean>write(handle -> {
          if (!ActiveImport.hold(handle, lease, until)
              || !ImportStore.advance(
                  handle, job, lines.position(), lines.number(), plan.counts())) {
            throw new LostException();
          }
          List<Taken> taken = NewUsers.insert(handle, batch.pool(), plan.users());
          if (!taken.isEmpty()) {
            throw new TakenException(taken);
          }
          return true;
        });
        return plan;
      } catch (TakenException names) {
        batch.learn(plan, names.names);
      }
    }
  }

  private void end(ImportJob job, Status status, String message) {
    Instant now = clock.now();
    boolean ended =
        database.<Boolean>write(handle -> {
          if (!ImportStore.end(handle, job.poolId(), job.jobId(), status, message, now)
              || !ActiveImport.end(handle, lease)) {
            throw new LostException();
          }
          return true;
        });
    if (ended) {
      new ImportLog(job).progress(job.doneLines(), job.counts());
      new ImportLog(job).ended(status, message);
    }
  }
}

package dev.gatehouse.store;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. Each write first inserts its operation id: should the answer to its commit be lost,
 * the next attempt finds the id there and the value of the attempt before stands.
 */
final class PostgresDatabase extends Engine {
  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final Jdbi reading;
  private final Jdbi writing;
  private final OperationIds operationIds;
  private final Duration patience;

  PostgresDatabase(PostgresPools pools, StoreConfig config, StoreContext context) {
    super(context);
    this.patience = config.patience();
    this.readers = pools.readers();
    this.writers = pools.writers();
    this.reading = setUp(Jdbi.create(readers));
    this.writing = setUp(Jdbi.create(writers));
    // Transactions are begun and ended here, on the connection itself.
    writing.getConfig(Handles.class).setForceEndTransactions(false);
    this.operationIds = new OperationIds(context.clock(), new SecureRandom());
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    refuseNesting();
    long began = System.nanoTime();
    Retries retries = new Retries(context.meter(), patience);
    try {
      while (true) {
        try (Handle handle = reading.open()) {
          return work.run(handle);
        } catch (RuntimeException e) {
          PostgresFailure kind = PostgresFailure.of(e);
          if (kind == PostgresFailure.OTHER || kind == PostgresFailure.READ_ONLY) {
            throw e;
          }
          retries.next(kind, e);
        }
      }
    } finally {
      context.meter().time("store_read_seconds", Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** What became of one attempt. */
  private sealed interface Attempt<T extends @Nullable Object> {
    record Committed<T extends @Nullable Object>(T value, List<CommitNews.Change> changes)
        implements Attempt<T> {}

    /** An attempt before this one was committed, though its answer was lost. */
    record AppliedBefore<T extends @Nullable Object>() implements Attempt<T> {}

    record RolledBack<T extends @Nullable Object>(PostgresFailure kind, RuntimeException failure)
        implements Attempt<T> {}

    /** The connection broke while an id was being looked up or inserted: nothing new is known. */
    record NotBegun<T extends @Nullable Object>(PostgresFailure kind, RuntimeException failure)
        implements Attempt<T> {}

    record Unknown<T extends @Nullable Object>(
        Committed<T> ifCommitted, PostgresFailure kind, RuntimeException failure)
        implements Attempt<T> {}
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    refuseNesting();
    long began = System.nanoTime();
    try {
      Attempt.Committed<T> committed = writeUntilKnown(work);
      news().publish(committed.changes());
      return committed.value();
    } finally {
      context.meter().time("store_write_seconds", Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private <T extends @Nullable Object> Attempt.Committed<T> writeUntilKnown(Work<T> work) {
    String operationId = operationIds.next();
    Retries retries = new Retries(context.meter(), patience);
    Attempt.@Nullable Unknown<T> unknown = null;
    while (true) {
      Attempt<T> attempt = attempt(operationId, work);
      try {
        switch (attempt) {
          case Attempt.Committed<T> committed -> {
            return committed;
          }
          case Attempt.AppliedBefore<T> _ -> {
            if (unknown == null) {
              throw new IllegalStateException("operation id " + operationId + " was used before");
            }
            context.meter().count("store_commits_found_total");
            return unknown.ifCommitted();
          }
          case Attempt.Unknown<T> lost -> {
            unknown = lost;
            retries.next(lost.kind(), lost.failure());
          }
          case Attempt.RolledBack<T> failed -> {
            // Its id went in, so the attempt before it can never be committed.
            unknown = null;
            retries.next(failed.kind(), failed.failure());
          }
          case Attempt.NotBegun<T> failed -> retries.next(failed.kind(), failed.failure());
        }
      } catch (StoreException exhausted) {
        if (unknown != null) {
          throw new OutcomeUnknownException(
              "the connection broke at commit and the server did not come back", unknown.failure());
        }
        throw exhausted;
      }
    }
  }

  private <T extends @Nullable Object> Attempt<T> attempt(String operationId, Work<T> work) {
    Handle handle;
    try {
      handle = writing.open();
    } catch (RuntimeException e) {
      return new Attempt.NotBegun<>(retryable(e), e);
    }
    try (handle) {
      return attempt(operationId, work, handle);
    }
  }

  private <T extends @Nullable Object> Attempt<T> attempt(
      String operationId, Work<T> work, Handle handle) {
    try {
      if (handle.execute(
              "INSERT INTO applied (op_id) VALUES (?) ON CONFLICT DO NOTHING", operationId)
          == 0) {
        rollBack(handle, null);
        return new Attempt.AppliedBefore<>();
      }
    } catch (RuntimeException e) {
      rollBack(handle, e);
      return new Attempt.NotBegun<>(retryable(e), e);
    }
    Attempt.Committed<T> done;
    try {
      T value = runInside(work, handle);
      done = new Attempt.Committed<>(value, changesOf(handle));
    } catch (RuntimeException e) {
      rollBack(handle, e);
      return new Attempt.RolledBack<>(retryable(e), e);
    } catch (Error e) {
      rollBack(handle, e);
      throw e;
    }
    return commit(handle, done);
  }

  private <T extends @Nullable Object> Attempt<T> commit(Handle handle, Attempt.Committed<T> done) {
    try {
      handle.getConnection().commit();
      return done;
    } catch (SQLException e) {
      StoreException failure = new StoreException("PostgreSQL did not commit", e);
      rollBack(handle, e);
      PostgresFailure kind = PostgresFailure.of(e);
      return switch (kind) {
        case CONFLICT -> new Attempt.RolledBack<>(kind, failure);
        case UNREACHABLE, READ_ONLY -> new Attempt.Unknown<>(done, kind, failure);
        // The server answered that it did not: a constraint checked at commit.
        case OTHER -> throw failure;
      };
    }
  }

  /** The kind of a failure that is worth another attempt; any other is thrown on. */
  private static PostgresFailure retryable(RuntimeException failure) {
    PostgresFailure kind = PostgresFailure.of(failure);
    if (kind == PostgresFailure.OTHER) {
      throw failure;
    }
    return kind;
  }

  private void rollBack(Handle handle, @Nullable Throwable reason) {
    Connection connection = handle.getConnection();
    try {
      connection.rollback();
    } catch (SQLException e) {
      if (reason != null) {
        reason.addSuppressed(e);
      }
      writers.evictConnection(connection);
      return;
    }
    if (reason != null) {
      switch (PostgresFailure.of(reason)) {
        case UNREACHABLE, READ_ONLY -> writers.evictConnection(connection);
        case CONFLICT, OTHER -> {}
      }
    }
  }

  @Override
  public void close() {
    writers.close();
    readers.close();
  }
}

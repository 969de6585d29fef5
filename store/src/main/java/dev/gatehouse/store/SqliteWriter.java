package dev.gatehouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one thread that writes to SQLite. It takes the works that wait into one transaction, each in
 * a savepoint of its own, so that one synchronisation of the disk pays for many commits. Callers
 * are answered after the commit only, those who are refused as well: what a work was refused for
 * may have been written by its neighbour.
 */
final class SqliteWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

  /** A group is closed after this time, so that slow works do not hold up the quick ones. */
  private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Engine engine;
  private final StoreConfig config;
  private final SqliteConnections.Opened opened;
  private final ArrayBlockingQueue<QueuedWork<?>> queue;
  private final Thread thread;
  private final ControlStatement begin;
  private final ControlStatement commit;
  private final ControlStatement rollback;
  private final ControlStatement savepoint;
  private final ControlStatement release;
  private final ControlStatement rollbackTo;
  private volatile boolean closing;
  private volatile boolean ended;

  /** Set by a failed synchronisation: what is on the disk is unknown from then on. */
  private volatile @Nullable Throwable broken;

  SqliteWriter(Engine engine, SqliteConnections connections, StoreConfig config)
      throws SQLException {
    this.engine = engine;
    this.config = config;
    this.opened = connections.writer();
    this.queue = new ArrayBlockingQueue<>(config.queueLength());
    Connection connection = opened.connection();
    begin = new ControlStatement(connection, "BEGIN IMMEDIATE");
    commit = new ControlStatement(connection, "COMMIT");
    rollback = new ControlStatement(connection, "ROLLBACK");
    savepoint = new ControlStatement(connection, "SAVEPOINT work");
    release = new ControlStatement(connection, "RELEASE work");
    rollbackTo = new ControlStatement(connection, "ROLLBACK TO work");
    engine.context.meter().gauge("store_writer_queue_length", queue::size);
    thread = Thread.ofPlatform().name("sqlite-writer").unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  <T extends @Nullable Object> T write(Work<T> work) {
    QueuedWork<T> queued = new QueuedWork<>(work);
    enqueue(queued);
    queued.await();
    engine.news().publish(queued.changes());
    return queued.answer();
  }

  private void enqueue(QueuedWork<?> queued) {
    Throwable reason = broken;
    if (reason != null) {
      throw new StoreException("the database file could not be synchronised; restart", reason);
    }
    if (closing) {
      throw new StoreException("the database is being closed");
    }
    try {
      if (!queue.offer(queued, config.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException("the writer's queue was full for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for a place in the writer's queue", e);
    }
    if (ended) {
      failWaiting();
    }
  }

  private void loop() {
    try {
      while (true) {
        QueuedWork<?> first = queue.poll(closing ? 0 : 500, TimeUnit.MILLISECONDS);
        if (first != null) {
          runGroup(first);
        } else if (closing) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      failWaiting();
    }
  }

  private void failWaiting() {
    QueuedWork<?> waiting;
    while ((waiting = queue.poll()) != null) {
      waiting.fail(new StoreException("the database was closed"));
      waiting.finish();
    }
  }

  private void runGroup(QueuedWork<?> first) {
    List<QueuedWork<?>> group = new ArrayList<>();
    try {
      transact(first, group);
    } catch (Throwable failure) {
      undo(group, failure);
    }
    engine.context.meter().size("store_commit_works", group.size());
    group.forEach(QueuedWork::finish);
  }

  private void transact(QueuedWork<?> first, List<QueuedWork<?>> group) throws SQLException {
    long closesAt = System.nanoTime() + GROUP_NANOS;
    group.add(first);
    begin.execute();
    runInSavepoint(first);
    while (group.size() < config.groupSize() && System.nanoTime() - closesAt < 0) {
      QueuedWork<?> next = queue.poll();
      if (next == null) {
        break;
      }
      group.add(next);
      runInSavepoint(next);
    }
    commit.execute();
  }

  /**
   * Runs one work; its own failure is kept for its caller.
   *
   * @throws SQLException when the transaction around it is gone, so that its neighbours suffer too
   */
  private void runInSavepoint(QueuedWork<?> queued) throws SQLException {
    savepoint.execute();
    try {
      queued.run(engine, opened.handle());
    } catch (Throwable failure) {
      queued.fail(failure);
      opened.kept().reclaim();
      rollbackTo.execute();
    }
    opened.kept().reclaim();
    release.execute();
  }

  /**
   * The transaction as a whole has failed (disk full, a constraint checked at commit). Nothing of
   * it is stored, so every work runs again by itself and the one at fault fails alone.
   */
  private void undo(List<QueuedWork<?>> group, Throwable failure) {
    rollbackQuietly();
    if (isFatal(failure)) {
      LOG.error("the database file could not be written; no further write is taken", failure);
      broken = failure;
      group.forEach(
          work -> work.fail(new OutcomeUnknownException("the disk failed at commit", failure)));
      return;
    }
    if (group.size() == 1) {
      group.getFirst().fail(new StoreException("SQLite could not commit", failure));
      return;
    }
    for (QueuedWork<?> work : group) {
      List<QueuedWork<?>> alone = List.of(work);
      try {
        begin.execute();
        runInSavepoint(work);
        commit.execute();
      } catch (Throwable own) {
        undo(alone, own);
      }
    }
  }

  private void rollbackQuietly() {
    try {
      opened.kept().reclaim();
      rollback.execute();
    } catch (SQLException alreadyRolledBack) {
      LOG.debug("no transaction to roll back", alreadyRolledBack);
    }
  }

  private static boolean isFatal(Throwable failure) {
    return Engine.sqlCause(failure)
        .filter(SQLiteException.class::isInstance)
        .map(cause -> ((SQLiteException) cause).getResultCode().code & 0xff)
        .filter(code ->
            code == SQLiteErrorCode.SQLITE_IOERR.code
                || code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code)
        .isPresent();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    opened.handle().close();
  }
}

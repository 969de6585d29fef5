package dev.gatehouse.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that read, opened when they are first needed, the last used taken first. */
final class SqliteReaders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);

  private final SqliteConnections connections;
  private final Semaphore free;
  private final int size;
  private final Duration patience;
  private final ConcurrentLinkedDeque<SqliteConnections.Opened> idle =
      new ConcurrentLinkedDeque<>();

  SqliteReaders(SqliteConnections connections, StoreConfig config) {
    this.connections = connections;
    this.size = config.readers();
    this.patience = config.patience();
    this.free = new Semaphore(size, true);
  }

  <T extends @Nullable Object> T read(Work<T> work) {
    take();
    try {
      SqliteConnections.Opened opened = idle.poll();
      if (opened == null) {
        opened = connections.reader();
      }
      try {
        return work.run(opened.handle());
      } finally {
        opened.kept().reclaim();
        idle.push(opened);
      }
    } catch (SQLException e) {
      throw new StoreException("SQLite cannot be read", e);
    } finally {
      free.release();
    }
  }

  private void take() {
    try {
      if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException("all " + size + " reading connections were in use for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for a reading connection", e);
    }
  }

  @Override
  public void close() {
    boolean quiet = false;
    try {
      quiet = free.tryAcquire(size, patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!quiet) {
      LOG.warn("readers were still at work when the database was closed");
    }
    SqliteConnections.Opened opened;
    while ((opened = idle.poll()) != null) {
      opened.handle().close();
    }
  }
}

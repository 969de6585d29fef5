package dev.gatehouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The embedded engine: one writer with group commit, several readers, one file in one folder. */
final class SqliteDatabase extends Engine {
  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final AutoCloseable folder;

  /**
   * @param folder let go of last: the folder's lock, or the temporary folder itself
   */
  SqliteDatabase(
      java.nio.file.Path file,
      SqliteConnections.Durability durability,
      AutoCloseable folder,
      StoreConfig config,
      StoreContext context)
      throws SQLException {
    super(context);
    this.folder = folder;
    SqliteConnections connections = new SqliteConnections(file, durability, this::setUp);
    this.readers = new SqliteReaders(connections, config);
    this.writer = new SqliteWriter(this, connections, config);
    writer.start();
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    refuseNesting();
    long began = System.nanoTime();
    try {
      return readers.read(work);
    } finally {
      context.meter().time("store_read_seconds", Duration.ofNanos(System.nanoTime() - began));
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    refuseNesting();
    long began = System.nanoTime();
    try {
      return writer.write(work);
    } finally {
      context.meter().time("store_write_seconds", Duration.ofNanos(System.nanoTime() - began));
    }
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StoreException("the data folder could not be let go of", e);
    }
  }
}

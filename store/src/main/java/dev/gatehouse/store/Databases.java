package dev.gatehouse.store;

import com.zaxxer.hikari.pool.HikariPool;
import dev.gatehouse.kernel.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** Opens databases: checked, locked, and with the tables of this version. */
public final class Databases {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  private Databases() {}

  /**
   * The embedded database in {@code folder}, which is made when it is missing.
   *
   * @throws StartRefusedException when the folder is in use, on a network file system, or holds the
   *     data of a newer version
   */
  public static Database openSqlite(Path folder, StoreConfig config, StoreContext context) {
    try {
      PrivateFiles.createFolder(folder);
      return openSqlite(folder, MountTable.ofThisMachine(folder), config, context);
    } catch (IOException e) {
      throw new StartRefusedException("The data folder " + folder + " cannot be used: " + e, e);
    }
  }

  static Database openSqlite(
      Path folder, MountTable mounts, StoreConfig config, StoreContext context) throws IOException {
    mounts.refuseNetwork(folder);
    DataFolder locked = DataFolder.lock(folder);
    try {
      return open(locked, SqliteConnections.Durability.FULL, locked, config, context);
    } catch (Throwable failure) {
      locked.close();
      throw failure;
    }
  }

  /** An embedded database in a temporary folder that is deleted when it is closed. */
  public static Database openEphemeral(StoreConfig config, StoreContext context) {
    try {
      Path folder = Files.createTempDirectory("gatehouse-ephemeral");
      DataFolder locked = DataFolder.lock(folder);
      Closeable deleting =
          () -> {
            locked.close();
            DataFolder.delete(folder);
          };
      try {
        return open(locked, SqliteConnections.Durability.NONE, deleting, config, context);
      } catch (Throwable failure) {
        deleting.close();
        throw failure;
      }
    } catch (IOException e) {
      throw new StartRefusedException("No temporary folder can be made: " + e, e);
    }
  }

  /**
   * A PostgreSQL database that exists and that {@code user} may make tables in.
   *
   * @param url {@code jdbc:postgresql://host[:port][,host…]/database[?…]}
   * @throws StartRefusedException when it cannot be reached, is too old, or holds the data of a
   *     newer version
   */
  public static Database openPostgres(
      String url,
      String user,
      Secret password,
      Isolation isolation,
      StoreConfig config,
      StoreContext context) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StartRefusedException(
          "The database URL must begin with jdbc:postgresql: (leave it out for SQLite).");
    }
    DataSource plain = PostgresPools.plain(url, user, password);
    // What follows the question mark may hold a password.
    PostgresPools.requireServer(plain, url.replaceFirst("\\?.*", ""));
    // A copy of PostgreSQL is its operator's to make.
    new Schema(plain, Schema.Dialect.POSTGRES).migrate(version -> {});
    try {
      PostgresPools pools = PostgresPools.open(url, user, password, isolation, config);
      return new PostgresDatabase(pools, config, context);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StartRefusedException("PostgreSQL cannot be reached: " + e.getMessage(), e);
    }
  }

  private static Database open(
      DataFolder folder,
      SqliteConnections.Durability durability,
      Closeable lettingGo,
      StoreConfig config,
      StoreContext context)
      throws IOException {
    Path file = folder.database();
    PrivateFiles.createIfMissing(file);
    SqliteConnections plain = new SqliteConnections(file, durability, jdbi -> jdbi);
    try {
      plain.prepareFile();
      SQLiteDataSource dataSource = new SQLiteDataSource();
      dataSource.setUrl(plain.url());
      new Schema(dataSource, Schema.Dialect.SQLITE)
          .migrate(version -> copy(folder, dataSource, version, context));
      return new SqliteDatabase(file, durability, lettingGo, config, context);
    } catch (SQLException e) {
      throw new StartRefusedException("The database " + file + " cannot be opened: " + e, e);
    }
  }

  /** Keeps what was there: migrations only go forward, the copy is the way back. */
  private static void copy(
      DataFolder folder, SQLiteDataSource dataSource, String version, StoreContext context) {
    Path copies = folder.path().resolve("before-upgrade");
    Path copy =
        copies.resolve("schema-" + version + "-" + context.clock().now().getEpochSecond() + ".db");
    try {
      PrivateFiles.createFolder(copies);
      Path fresh = copies.resolve(copy.getFileName() + ".tmp");
      Files.deleteIfExists(fresh);
      // VACUUM INTO takes an empty file that is there: so it is the owner's alone from the start.
      PrivateFiles.createIfMissing(fresh);
      try (Connection connection = dataSource.getConnection();
          PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, fresh.toString());
        vacuum.execute();
      }
      PrivateFiles.force(fresh);
      PrivateFiles.move(fresh, copy);
      LOG.info("the database was copied to {} before its schema changes", copy);
    } catch (IOException | SQLException e) {
      throw new StartRefusedException(
          "The database could not be copied to " + copy + " before its upgrade: " + e, e);
    }
  }
}

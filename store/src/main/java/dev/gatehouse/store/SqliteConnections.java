package dev.gatehouse.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens connections to one SQLite file, each with the settings that its part needs. */
final class SqliteConnections {
  /** RETURNING came with 3.35, the youngest thing our statements use. */
  private static final int[] OLDEST = {3, 35};

  private final Path file;
  private final Durability durability;
  private final UnaryOperator<Jdbi> setUp;

  /** Whether a commit is on the disk when it is answered. */
  enum Durability {
    /** Every commit is synchronised. */
    FULL,
    /** Nothing is kept anyway ({@code --ephemeral}). */
    NONE
  }

  SqliteConnections(Path file, Durability durability, UnaryOperator<Jdbi> setUp) {
    this.file = file;
    this.durability = durability;
    this.setUp = setUp;
  }

  /** A long-lived handle and the statements that it keeps. */
  record Opened(Handle handle, KeptStatements kept) {
    /** The connection under the handle. */
    Connection connection() {
      return handle.getConnection();
    }
  }

  String url() {
    return "jdbc:sqlite:" + file;
  }

  /** Makes the file a WAL database when it is not one, and refuses a library too old for us. */
  void prepareFile() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      requireVersion(text(statement, "SELECT sqlite_version()"));
      statement.execute("PRAGMA busy_timeout = 10000");
      String mode = text(statement, "PRAGMA journal_mode = WAL");
      if (!mode.equalsIgnoreCase("wal")) {
        throw new StartRefusedException(
            "SQLite cannot keep a write-ahead log in "
                + file.getParent()
                + " (mode "
                + mode
                + ").");
      }
    }
  }

  static void requireVersion(String version) {
    String[] parts = version.split("\\.", 3);
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    if (major < OLDEST[0] || (major == OLDEST[0] && minor < OLDEST[1])) {
      throw new StartRefusedException(
          "SQLite " + version + " is too old; Gatehouse needs 3.35 or newer.");
    }
  }

  Opened writer() throws SQLException {
    Opened opened = open();
    try (Statement statement = opened.connection().createStatement()) {
      statement.execute("PRAGMA synchronous = " + (durability == Durability.FULL ? "FULL" : "OFF"));
      // KiB. Beyond the upper levels of the trees what is written next is anybody's guess: an
      // import
      // of half a million users was no faster with twice as much.
      statement.execute("PRAGMA cache_size = -32768");
      // Fewer, larger checkpoints: each one synchronises the database file as well.
      statement.execute("PRAGMA wal_autocheckpoint = 8000");
      statement.execute("PRAGMA journal_size_limit = 67108864");
    }
    return opened;
  }

  Opened reader() throws SQLException {
    Opened opened = open();
    try (Statement statement = opened.connection().createStatement()) {
      statement.execute("PRAGMA cache_size = -8192");
      statement.execute("PRAGMA query_only = ON");
    }
    return opened;
  }

  private Opened open() throws SQLException {
    Properties settings = new Properties();
    // Or else the driver asks for last_insert_rowid() after every INSERT, which nobody reads.
    settings.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = DriverManager.getConnection(url(), settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      // As PostgreSQL does: what a migration declares is enforced.
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA temp_store = MEMORY");
    }
    KeptStatements kept = new KeptStatements();
    Jdbi jdbi = setUp.apply(Jdbi.create(() -> connection));
    jdbi.setStatementBuilderFactory(any -> kept);
    return new Opened(jdbi.open(), kept);
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}

package dev.gatehouse.store;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.pattern.ValidatePattern;

/**
 * Brings the tables to the state of this program: the files {@code db/migration/V*.sql} of every
 * module on the class path, forward only, the same text on both engines but for its placeholders.
 */
final class Schema {
  private final Flyway flyway;

  /** What the engines write differently. */
  enum Dialect {
    SQLITE("BLOB", "TEXT", "WITHOUT ROWID"),
    // Collation C: texts compare by their bytes, as on SQLite, so that pages by key agree.
    POSTGRES("BYTEA", "TEXT COLLATE \"C\"", "");

    private final String bytes;
    private final String text;
    private final String clustered;

    Dialect(String bytes, String text, String clustered) {
      this.bytes = bytes;
      this.text = text;
      this.clustered = clustered;
    }

    Map<String, String> placeholders() {
      return Map.of("bytes", bytes, "text", text, "clustered", clustered);
    }
  }

  /** Told before an existing database is changed. */
  @FunctionalInterface
  interface BeforeChange {
    /** Keeps the database as it is with its schema of {@code version}. */
    void save(String version);
  }

  Schema(DataSource dataSource, Dialect dialect) {
    flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .placeholders(dialect.placeholders())
            .validateMigrationNaming(true)
            // Flyway would put up with a schema newer than itself.
            .ignoreMigrationPatterns(new ValidatePattern[0])
            .cleanDisabled(true)
            .loggers("slf4j")
            .load();
  }

  /**
   * @throws StartRefusedException when the schema is newer than this program, or not ours
   */
  void migrate(BeforeChange beforeChange) {
    try {
      MigrationInfoService info = flyway.info();
      refuseNewer(info);
      MigrationInfo current = info.current();
      if (info.pending().length == 0) {
        flyway.validate();
        return;
      }
      if (current != null) {
        beforeChange.save(current.getVersion().getVersion());
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StartRefusedException(
          "The database could not be brought to this version's schema: " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(MigrationInfoService info) {
    for (MigrationInfo migration : info.all()) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS
          || migration.getState() == MigrationState.FUTURE_FAILED) {
        throw new StartRefusedException(
            "The database was written by a newer Gatehouse (schema "
                + migration.getVersion()
                + ", unknown to this program). Start that version, or restore a backup made before"
                + " the upgrade.");
      }
    }
  }
}

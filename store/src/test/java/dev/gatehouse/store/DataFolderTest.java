package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  private static final StoreContext CONTEXT =
      StoreContext.of(WallClock.system()::now, Meter.none());

  @TempDir Path temp;

  private Database open(Path folder) {
    return Databases.openSqlite(folder, StoreConfig.defaults(), CONTEXT);
  }

  private static long count(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM counter").mapTo(Long.class).one());
  }

  private static void put(Database database) {
    database.<Integer>write(
        handle -> handle.execute("INSERT INTO counter VALUES ('p', 'n', 1, 5)"));
  }

  @Test
  void keepsWhatWasWrittenOverAReopening() {
    Path folder = temp.resolve("a/b");
    try (Database database = open(folder)) {
      put(database);
    }
    try (Database database = open(folder)) {
      assertThat(count(database)).isEqualTo(1);
    }
  }

  @Test
  void onlyTheOwnerMayOpenTheFiles() throws Exception {
    Path folder = temp.resolve("own");
    try (Database database = open(folder)) {
      put(database);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      for (String name : List.of("gatehouse.db", "gatehouse.db-wal", "gatehouse.lock")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
            .as(name)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void aSecondOpeningInThisProcessIsRefused() {
    try (Database database = open(temp)) {
      assertThatThrownBy(() -> open(temp))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("in use by another Gatehouse");
      put(database);
    }
    open(temp).close();
  }

  @Test
  @Tag("slow")
  void aSecondProcessIsRefused() throws Exception {
    try (Database database = open(temp)) {
      Process other = ChildJvm.start(StoreChild.class, "open", temp.toString());
      String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(other.waitFor()).isEqualTo(3);
      assertThat(said)
          .contains("in use by another Gatehouse (process " + ProcessHandle.current().pid() + ")");
      put(database);
    }
  }

  @Test
  void anEphemeralDatabaseLeavesNothing() throws Exception {
    Path before = temp.resolve("marker");
    Files.createFile(before);
    try (Database database = Databases.openEphemeral(StoreConfig.defaults(), CONTEXT)) {
      put(database);
      assertThat(count(database)).isEqualTo(1);
    }
    try (Database database = Databases.openEphemeral(StoreConfig.defaults(), CONTEXT)) {
      assertThat(count(database)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "fuse.s3fs"})
  void networkFileSystemsAreRefused(String type) throws Exception {
    String mounts =
        "/dev/vda / ext4 rw 0 0\nserver:/x " + temp.toRealPath() + " " + type + " rw 0 0\n";
    Path folder = Files.createDirectory(temp.resolve("data"));
    assertThatThrownBy(() ->
            Databases.openSqlite(folder, MountTable.parse(mounts), StoreConfig.defaults(), CONTEXT))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("network file system (" + type + ")");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theDeepestAndLastMountCounts() {
    MountTable mounts =
        MountTable.parse(
            """
            /dev/a / ext4 rw 0 0
            srv:/ /srv nfs rw 0 0
            /dev/b /srv/local xfs rw 0 0
            tmpfs /srv/my\\040disk tmpfs rw 0 0
            /dev/c /twice ext4 rw 0 0
            srv:/t /twice nfs rw 0 0
            nonsense
            """);
    assertThat(mounts.typeOf(Path.of("/home"))).isEqualTo("ext4");
    assertThat(mounts.typeOf(Path.of("/srv/data"))).isEqualTo("nfs");
    assertThat(mounts.typeOf(Path.of("/srv/local/data"))).isEqualTo("xfs");
    assertThat(mounts.typeOf(Path.of("/srv/localdata"))).isEqualTo("nfs");
    assertThat(mounts.typeOf(Path.of("/srv/my disk/x"))).isEqualTo("tmpfs");
    assertThat(mounts.typeOf(Path.of("/twice/x"))).isEqualTo("nfs");
  }

  @Test
  void anOldSqliteIsRefused() {
    for (String old : List.of("3.34.1", "3.7.17", "2.8.0")) {
      assertThatThrownBy(() -> SqliteConnections.requireVersion(old))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining(old);
    }
    for (String enough : List.of("3.35.0", "3.54.1", "4.0.0")) {
      assertThatCode(() -> SqliteConnections.requireVersion(enough)).doesNotThrowAnyException();
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    try (Database database = open(temp)) {
      put(database);
      database.<Integer>write(handle ->
          handle.execute(
              "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                  + " script, checksum, installed_by, execution_time, success) VALUES"
                  + " (99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, 1)"));
    }
    assertThatThrownBy(() -> open(temp))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("newer Gatehouse (schema 999");
    // The folder is free again.
    assertThatThrownBy(() -> open(temp)).hasMessageContaining("schema 999");
  }

  @Test
  void whatIsThereIsCopiedBeforeAMigration() throws Exception {
    String url = "jdbc:sqlite:" + temp.resolve("gatehouse.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE precious (x INTEGER)");
      statement.execute("INSERT INTO precious VALUES (42)");
    }
    Flyway.configure().dataSource(url, "", "").baselineVersion("0.5").load().baseline();
    open(temp).close();
    try (var copies = Files.list(temp.resolve("before-upgrade"))) {
      Path copy = copies.toList().getFirst();
      assertThat(copy.getFileName().toString()).startsWith("schema-0.5-").endsWith(".db");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rw-------");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
          Statement statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT x FROM precious")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
    // Nothing changes at the next start, so nothing is copied.
    open(temp).close();
    try (var copies = Files.list(temp.resolve("before-upgrade"))) {
      assertThat(copies).hasSize(1);
    }
  }
}

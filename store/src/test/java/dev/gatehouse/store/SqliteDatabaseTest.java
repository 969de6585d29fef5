package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  private static final StoreContext CONTEXT =
      StoreContext.of(WallClock.system()::now, Meter.none()).withGuard(WriteGuard.Mode.THROW);

  @TempDir Path folder;

  @Test
  void keepsWhatWasWrittenOverAReopening() {
    try (Database database = Databases.openSqlite(folder, StoreConfig.defaults(), CONTEXT)) {
      int rows =
          database.write(handle ->
              handle.execute(
                  "INSERT INTO counter (pool_id, name, stripe, value) VALUES (?, ?, ?, ?)",
                  "p",
                  "n",
                  1,
                  5L));
      assertThat(rows).isEqualTo(1);
    }
    try (Database database = Databases.openSqlite(folder, StoreConfig.defaults(), CONTEXT)) {
      List<Long> values =
          database.read(
              handle -> handle.createQuery("SELECT value FROM counter").mapTo(Long.class).list());
      assertThat(values).containsExactly(5L);
    }
  }
}

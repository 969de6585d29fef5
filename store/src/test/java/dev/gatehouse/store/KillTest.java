package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  private static final int ROUNDS = 3;
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void killingTheProcessUnderLoadLosesNoAcknowledgedWrite() throws Exception {
    Set<Integer> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      int wanted = acknowledged.size() + 1_000 + 377 * round;
      Process child =
          ChildJvm.start(
              StoreChild.class, "load", folder.toString(), String.valueOf(round * 10_000_000));
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
        String line;
        while ((line = lines.readLine()) != null) {
          if (line.isEmpty() || !line.chars().allMatch(Character::isDigit)) {
            continue;
          }
          acknowledged.add(Integer.valueOf(line));
          if (acknowledged.size() == wanted) {
            child.toHandle().destroyForcibly(); // SIGKILL, leaving the pipe to be read
          }
        }
      }
      assertThat(child.waitFor()).isEqualTo(128 + 9);
      assertThat(acknowledged.size()).isGreaterThanOrEqualTo(wanted);
      StoreContext context = StoreContext.of(WallClock.system()::now, Meter.none());
      try (Database database = Databases.openSqlite(folder, StoreConfig.defaults(), context)) {
        Set<Integer> stored = database.read(handle -> rows(handle, "a"));
        Set<Integer> lost = new HashSet<>(acknowledged);
        lost.removeAll(stored);
        assertThat(lost).isEmpty();
        Set<Integer> second = database.read(handle -> rows(handle, "b"));
        assertThat(second).as("no work is stored by half").isEqualTo(stored);
      }
    }
  }

  private static Set<Integer> rows(Handle handle, String name) {
    return handle
        .createQuery("SELECT stripe FROM counter WHERE pool_id = 'p' AND name = :name")
        .bind("name", name)
        .mapTo(Integer.class)
        .set();
  }
}

package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the database file, and a server that starts again on it. */
class OutboxFileTest {
  private static final String POOL = "us-east-1_aB3dE5fG7";
  private static final String RECIPIENT = "hidden-recipient@example.com";

  private final AdjustableClock clock = new AdjustableClock(WallClock.system());
  private final Ids ids = new Ids(new SecureRandom());
  private final MasterKeys keys = MasterKeys.of(MasterKey.random(ids));
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void aPool() {
    try (Database database = database()) {
      NewPoolKey key = vault(database).newPoolKey(POOL);
      database.write(handle -> {
        key.insert(handle);
        return key;
      });
    }
  }

  private Database database() {
    return Databases.openSqlite(
        folder.resolve("data"), StoreConfig.defaults(), StoreContext.of(clock, Meter.none()));
  }

  private Vault vault(Database database) {
    return Vault.open(database, keys, ids, clock, null);
  }

  private Outbox outbox(Database database) {
    Transport recording = (id, message) -> sent.add(message.recipient());
    return new Outbox(
        vault(database), Map.of(Medium.EMAIL, recording), Optional.empty(), clock, ids);
  }

  private void put(Database database) {
    Instant expires = clock.now().plus(Duration.ofHours(1));
    Outbox.Prepared prepared =
        outbox(database).prepare(Messages.mail(POOL, RECIPIENT, expires)).orElseThrow();
    database.write(handle -> {
      prepared.insert(handle);
      return prepared;
    });
  }

  @Test
  void neitherRecipientNorTextNorCodeIsInTheFiles() throws IOException {
    try (Database database = database()) {
      put(database);
      assertClear();
    }
    assertClear();
  }

  private void assertClear() throws IOException {
    boolean seen = false;
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        seen |= bytes.contains(POOL);
        assertThat(bytes)
            .as("%s", file)
            .doesNotContain("hidden-recipient", Messages.CODE, "verification code is", "jane");
      }
    }
    assertThat(seen).as("the row is there").isTrue();
  }

  @Test
  void aMessageSurvivesARestart() throws InterruptedException {
    try (Database database = database()) {
      put(database);
    }
    try (Database database = database();
        OutboxWorker worker =
            new OutboxWorker(
                database, outbox(database), DeliveryConfig.none(), clock, ids, Meter.none())) {
      assertThat(worker.sendDue()).isTrue();
    }
    assertThat(sent).containsExactly(RECIPIENT);
  }
}

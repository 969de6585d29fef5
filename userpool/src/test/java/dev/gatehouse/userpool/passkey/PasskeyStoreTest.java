package dev.gatehouse.userpool.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.client.Origin;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import dev.gatehouse.userpool.passkey.PasskeyStore.PasskeyRow;
import dev.gatehouse.userpool.passkey.PasskeyStore.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasskeyStoreTest {
  private static final String POOL = "eu-central-1_a";
  private static final Instant NOW = Instant.ofEpochMilli(1_000);
  private static final TestEngine ENGINE =
      TestEngine.valueOf(System.getProperty("gatehouse.test.engine", TestEngine.SQLITE.name()));

  private final TestDatabase stored = TestDatabase.open(ENGINE);
  private final Database database = stored.database();

  @BeforeEach
  void users() {
    for (String sub : List.of("one", "two")) {
      database.write(handle ->
          handle.execute(
              """
              INSERT INTO pool_user (pool_id, sub, username, status, enabled, created, modified, revision, doc)
              VALUES (?, ?, ?, 'CONFIRMED', 1, 0, 0, 0, '{}')
              """,
              POOL,
              sub,
              sub));
    }
  }

  @AfterEach
  void close() {
    stored.close();
  }

  private static Passkey passkey(String sub, String id, long counter) {
    return new Passkey(
        POOL,
        sub,
        id,
        counter,
        NOW,
        "example.com",
        new byte[] {1, 2},
        List.of("internal"),
        null,
        "Passkey",
        true);
  }

  private boolean insert(Passkey passkey) {
    PasskeyRow row = PasskeyRow.of(passkey);
    return database.write(handle -> PasskeyStore.insert(handle, row));
  }

  private List<Passkey> of(String sub) {
    return database.read(handle -> PasskeyStore.of(handle, POOL, sub));
  }

  @Test
  void anIdHasOneOwnerAndAnOwnerTwentyIds() {
    for (int i = 0; i < Passkey.MOST; i++) {
      assertThat(insert(passkey("one", "id%02d".formatted(i), 0))).isTrue();
    }
    assertThat(insert(passkey("one", "id20", 0))).isFalse();
    assertThat(insert(passkey("two", "id00", 0))).isFalse();
    assertThat(insert(passkey("nobody", "id99", 0))).isFalse();
    assertThat(insert(passkey("two", "id20", 0))).isTrue();
    assertThat(of("one")).hasSize(Passkey.MOST);
    Passkey first = of("one").getFirst();
    assertThat(first.id()).isEqualTo("id00");
    assertThat(first.publicKey()).containsExactly(1, 2);
    assertThat(first.transports()).containsExactly("internal");
    assertThat(first.synced()).isTrue();
    assertThat(database.<Boolean>write(handle -> PasskeyStore.delete(handle, POOL, "two", "id00")))
        .isFalse();
    assertThat(database.<Boolean>write(handle -> PasskeyStore.delete(handle, POOL, "one", "id00")))
        .isTrue();
    assertThat(insert(passkey("one", "id21", 0))).isTrue();
  }

  @Test
  void aCounterGrowsOrStaysAtZero() {
    insert(passkey("one", "counts", 5));
    insert(passkey("one", "does-not", 0));
    Passkey counts = of("one").getFirst();
    Passkey doesNot = of("one").getLast();
    assertThat(used(counts, 5)).isFalse();
    assertThat(used(counts, 4)).isFalse();
    assertThat(used(counts, 0)).isFalse();
    assertThat(used(counts, 6)).isTrue();
    // the same answer once more, judged by what was read before
    assertThat(used(counts, 6)).isFalse();
    assertThat(used(doesNot, 0)).isTrue();
    assertThat(used(doesNot, 0)).isTrue();
    assertThat(used(doesNot, 1)).isTrue();
    assertThat(used(doesNot, 0)).isFalse();
  }

  private boolean used(Passkey passkey, long counter) {
    return database.write(handle -> PasskeyStore.used(handle, passkey, counter));
  }

  @Test
  void aChallengeIsUsedUpOnceAndReplacedByANewer() {
    Pending older = new Pending("client", new byte[] {1}, NOW);
    Pending newer = new Pending("client", new byte[] {2}, NOW.plusMillis(1));
    begin(older);
    begin(newer);
    assertThat(complete(older)).isFalse();
    assertThat(complete(newer)).isTrue();
    assertThat(complete(newer)).isFalse();
    begin(older);
    assertThat(sweep(NOW)).isZero();
    assertThat(sweep(NOW.plusMillis(1))).isOne();
    Optional<Pending> left = database.read(handle -> PasskeyStore.pending(handle, POOL, "one"));
    assertThat(left).isEmpty();
  }

  private void begin(Pending pending) {
    database.write(handle -> {
      PasskeyStore.begin(handle, POOL, "one", pending);
      return pending;
    });
  }

  private boolean complete(Pending pending) {
    return database.write(handle -> PasskeyStore.complete(handle, POOL, "one", pending));
  }

  private int sweep(Instant now) {
    return database.write(handle -> PasskeyStore.sweep(handle, now, 10));
  }

  @Test
  void originsWithinTheRelyingParty() {
    assertThat(within("https://example.com", "example.com")).isTrue();
    assertThat(within("https://a.example.com:8443", "example.com")).isTrue();
    assertThat(within("https://badexample.com", "example.com")).isFalse();
    assertThat(within("https://com", "example.com")).isFalse();
    assertThat(within("http://example.com", "example.com")).isFalse();
    assertThat(within("http://localhost:3000", "localhost")).isTrue();
    assertThat(within("http://app.localhost", "localhost")).isTrue();
    assertThat(within("https://localhost", "example.com")).isFalse();
  }

  private static boolean within(String origin, String party) {
    return PasskeyVerifier.within(new Origin(origin), party);
  }
}

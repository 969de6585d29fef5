package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.store.testing.OnEveryEngine;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class ConfigCacheTest {
  private static final String SCOPE = "pool";
  private final TestDatabase test;
  private final Database database;
  private final String pool;
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  ConfigCacheTest(TestDatabase test) {
    this.test = test;
    this.database = test.database();
    this.pool = test.ids().uuid();
  }

  private record No() implements Reason {}

  private ConfigCache<String, Long> cacheOn(Database node) {
    return new ConfigChanges(node, nanos::get)
        .cache(SCOPE, 100, key -> key, key -> load(node, key));
  }

  private Optional<Long> load(Database node, String key) {
    loads.incrementAndGet();
    return node.read(handle ->
        handle
            .createQuery("SELECT value FROM counter WHERE pool_id = :pool AND name = 'v'")
            .bind("pool", key)
            .mapTo(Long.class)
            .findOne());
  }

  private void set(long value) {
    database.<Integer>write(handle -> {
      ConfigCache.changed(handle, SCOPE, pool);
      return handle.execute(
          "INSERT INTO counter (pool_id, name, stripe, value) VALUES (?, 'v', 0, ?)"
              + " ON CONFLICT (pool_id, name, stripe) DO UPDATE SET value = excluded.value",
          pool,
          value);
    });
  }

  private void secondsPass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void loadsOnceAndSeesItsOwnChangesAtOnce() {
    ConfigCache<String, Long> cache = cacheOn(database);
    set(1);
    assertThat(cache.get(pool)).contains(1L);
    assertThat(cache.get(pool)).contains(1L);
    assertThat(loads).hasValue(1);
    set(2);
    assertThat(cache.get(pool)).contains(2L);
    assertThat(loads).hasValue(2);
  }

  @Test
  void doesNotRememberAbsence() {
    ConfigCache<String, Long> cache = cacheOn(database);
    assertThat(cache.get(pool)).isEmpty();
    assertThat(cache.get(pool)).isEmpty();
    assertThat(loads).hasValue(2);
  }

  @Test
  void aRefusedChangeDropsNothing() {
    ConfigCache<String, Long> cache = cacheOn(database);
    set(1);
    assertThat(cache.get(pool)).contains(1L);
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              ConfigCache.changed(handle, SCOPE, pool);
              throw new Refusal(new No());
            }))
        .isInstanceOf(Refusal.class);
    set(2);
    secondsPass(5);
    assertThat(cache.get(pool)).contains(2L);
    assertThat(loads).hasValue(2);
  }

  @Test
  void seesTheChangesOfOthersAfterASecond() {
    ConfigCache<String, Long> mine = cacheOn(database);
    set(1);
    assertThat(mine.get(pool)).contains(1L);
    // As another process would do it: this one's caches hear nothing.
    changeUnheard(2);
    assertThat(mine.get(pool)).contains(1L);
    secondsPass(1);
    assertThat(mine.get(pool)).contains(2L);
    int before = loads.get();
    secondsPass(1);
    assertThat(mine.get(pool)).contains(2L);
    assertThat(loads).hasValue(before);
  }

  private void changeUnheard(long value) {
    database.<Integer>write(handle -> {
      int rows =
          handle.execute(
              "UPDATE counter SET value = ? WHERE pool_id = ? AND name = 'v'", value, pool);
      ConfigCache.changed(handle, SCOPE, pool);
      handle.getConfig(CommitNews.Pending.class).clear();
      return rows;
    });
  }

  @Test
  void anotherNodeSeesAChangeWithinTwoSeconds() throws Exception {
    Assumptions.assumeTrue(test.engine() != TestEngine.SQLITE, "SQLite has one node");
    TestDatabase.Node other = test.anotherNode();
    ConfigCache<String, Long> there =
        other.changes().cache(SCOPE, 100, key -> key, key -> load(other.database(), key));
    set(1);
    assertThat(there.get(pool)).contains(1L);
    set(2);
    long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (!there.get(pool).equals(Optional.of(2L))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void aRowReadBeforeAChangeIsNotKeptAfterIt() throws Exception {
    set(1);
    CountDownLatch hasRead = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    ConfigCache<String, Long> cache =
        new ConfigChanges(database, nanos::get)
            .cache(
                SCOPE,
                100,
                key -> key,
                key -> {
                  Optional<Long> row = load(database, key);
                  if (calls.incrementAndGet() == 1) {
                    hasRead.countDown();
                    await(mayGoOn);
                  }
                  return row;
                });
    Thread slow = Thread.ofVirtual().start(() -> cache.get(pool));
    await(hasRead);
    set(2);
    mayGoOn.countDown();
    slow.join();
    assertThat(cache.get(pool)).contains(2L);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNodeThatMissedSweptChangesDropsEverything() {
    ConfigCache<String, Long> cache = cacheOn(database);
    set(1);
    assertThat(cache.get(pool)).contains(1L);
    changeUnheard(2);
    database.<Integer>write(
        handle -> handle.execute("UPDATE config_version SET version = version + 10001"));
    StoreMaintenance.sweep(database, test.clock());
    assertThat(
            database.<Long>read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM config_change").mapTo(Long.class).one()))
        .isZero();
    secondsPass(1);
    assertThat(cache.get(pool)).contains(2L);
  }

  @Test
  void aCacheIsNotAskedInsideAWrite() {
    ConfigCache<String, Long> cache = cacheOn(database);
    set(1);
    assertThat(cache.get(pool)).contains(1L);
    assertThatThrownBy(() -> database.<Object>write(handle -> cache.get(pool)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aScopeHasOneCache() {
    ConfigChanges changes = new ConfigChanges(database);
    changes.<String, Long>cache("s", 1, key -> key, key -> Optional.empty());
    assertThatThrownBy(
            () -> changes.<String, Long>cache("s", 1, key -> key, key -> Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

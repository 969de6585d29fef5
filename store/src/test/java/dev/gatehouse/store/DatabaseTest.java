package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.WriteGuard;
import dev.gatehouse.store.testing.OnEveryEngine;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class DatabaseTest {
  private static final int RACERS = 32;
  private final TestDatabase test;
  private final Database database;
  private final String pool;

  DatabaseTest(TestDatabase test) {
    this.test = test;
    this.database = test.database();
    this.pool = test.ids().uuid();
  }

  private record No() implements Reason {}

  private int put(Handle handle, String name, int stripe, long value) {
    return handle.execute(
        "INSERT INTO counter (pool_id, name, stripe, value) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        pool,
        name,
        stripe,
        value);
  }

  private List<Long> values(String name) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT value FROM counter WHERE pool_id = :pool AND name = :name"
                    + " ORDER BY stripe")
            .bind("pool", pool)
            .bind("name", name)
            .mapTo(Long.class)
            .list());
  }

  /** Runs the task on 32 threads at once. */
  private static <T> List<T> race(Callable<T> task) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RACERS; i++) {
        futures.add(
            threads.submit(() -> {
              start.await();
              return task.call();
            }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    }
  }

  @Test
  void answersTheValueOfTheWork() {
    assertThat(database.<Integer>write(handle -> put(handle, "a", 0, 7))).isEqualTo(1);
    assertThat(values("a")).containsExactly(7L);
  }

  @Test
  void rollsBackWhatARefusalInterrupts() {
    Refusal refusal = new Refusal(new No());
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              put(handle, "refused", 0, 1);
              throw refusal;
            }))
        .isSameAs(refusal);
    assertThat(values("refused")).isEmpty();
  }

  @Test
  void rollsBackWhatAFailingStatementInterrupts() {
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              put(handle, "failed", 0, 1);
              return handle.execute("INSERT INTO no_such_table VALUES (1)");
            }))
        .isInstanceOf(JdbiException.class);
    assertThat(values("failed")).isEmpty();
    database.<Integer>write(handle -> put(handle, "failed", 0, 2));
    assertThat(values("failed")).containsExactly(2L);
  }

  @Test
  void messagesOfFailuresHoldNoValues() {
    assertThatThrownBy(() ->
            database.<Integer>write(handle ->
                handle.execute(
                    "INSERT INTO counter (pool_id, name, stripe, value)"
                        + " VALUES (?, ?, NULL, 1)",
                    "private-value",
                    "private-name")))
        .satisfies(failure -> {
          for (Throwable at = failure; at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain("private-");
          }
        });
  }

  @Test
  void errorsPassThrough() {
    AssertionError error = new AssertionError("from the work");
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              throw error;
            }))
        .isSameAs(error);
  }

  @Test
  void aReadCannotWrite() {
    assertThatThrownBy(() -> database.<Integer>read(handle -> put(handle, "sneaked", 0, 1)))
        .isInstanceOf(JdbiException.class);
    assertThat(values("sneaked")).isEmpty();
  }

  @Test
  void aReaderThatLeavesItsCursorOpenDoesNotReadOldRowsLater() throws Exception {
    database.<Integer>write(handle -> put(handle, "cursor", 0, 1));
    database.<Integer>write(handle -> put(handle, "cursor", 1, 1));
    race(() ->
        database.<Integer>read(handle -> {
          ResultIterator<Long> left =
              handle
                  .createQuery("SELECT value FROM counter WHERE name = 'cursor'")
                  .mapTo(Long.class)
                  .iterator();
          return left.next().intValue();
        }));
    database.<Integer>write(handle -> put(handle, "cursor", 2, 1));
    assertThat(race(() -> values("cursor").size())).containsOnly(3);
  }

  @Test
  void seesWhatWasCommittedAfterAnUnfinishedResult() throws Exception {
    database.<Integer>write(handle -> put(handle, "first", 0, 1));
    database.<Integer>write(handle -> put(handle, "first", 1, 1));
    String sql = "SELECT value FROM counter WHERE pool_id = :pool AND name = 'first'";
    race(() ->
        database.read(
            handle -> handle.createQuery(sql).bind("pool", pool).mapTo(Long.class).findFirst()));
    database.<Integer>write(handle -> put(handle, "first", 2, 1));
    assertThat(race(() -> values("first").size())).containsOnly(3);
  }

  @Test
  void oneOfManyInsertsWins() throws Exception {
    AtomicInteger runner = new AtomicInteger();
    List<Integer> rows =
        race(() -> {
          int me = runner.incrementAndGet();
          return database.<Integer>write(handle -> put(handle, "race", 0, me));
        });
    assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    assertThat(values("race")).hasSize(1);
  }

  @Test
  void oneOfManyDeletesWins() throws Exception {
    database.<Integer>write(handle -> put(handle, "single", 0, 9));
    List<Integer> found =
        race(() ->
            database.<Integer>write(handle ->
                handle
                    .createQuery(
                        "DELETE FROM counter WHERE pool_id = :pool AND name = 'single'"
                            + " RETURNING value")
                    .bind("pool", pool)
                    .mapTo(Long.class)
                    .list()
                    .size()));
    assertThat(found.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
  }

  @Test
  void oneOfManyCompareAndSetsWins() throws Exception {
    database.<Integer>write(handle -> put(handle, "cas", 0, 41));
    List<Integer> rows =
        race(() ->
            database.<Integer>write(handle ->
                handle.execute(
                    "UPDATE counter SET value = value + 1"
                        + " WHERE pool_id = ? AND name = 'cas' AND value = 41",
                    pool)));
    assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    assertThat(values("cas")).containsExactly(42L);
  }

  @Test
  void noIncrementIsLost() throws Exception {
    StripedCounter users = new StripedCounter("users");
    AtomicInteger runner = new AtomicInteger();
    race(() -> {
      String key = "row" + runner.incrementAndGet();
      return database.<Integer>write(handle -> {
        users.add(handle, pool, key, 2);
        users.add(handle, pool, key, -1);
        return 0;
      });
    });
    assertThat(database.<Long>read(handle -> users.sum(handle, pool))).isEqualTo(RACERS);
    database.<Integer>write(handle -> {
      StripedCounter.deleteAll(handle, pool);
      return 0;
    });
    assertThat(database.<Long>read(handle -> users.sum(handle, pool))).isZero();
  }

  @Test
  void aRefusedRacerLeavesNothingAndTheOthersAll() throws Exception {
    AtomicInteger runner = new AtomicInteger();
    List<Integer> outcomes =
        race(() -> {
          int me = runner.incrementAndGet();
          try {
            return database.<Integer>write(handle -> {
              put(handle, "mixed", me, me);
              if (me % 2 == 0) {
                throw new Refusal(new No());
              }
              return me;
            });
          } catch (Refusal refused) {
            return 0;
          }
        });
    assertThat(outcomes.stream().filter(me -> me != 0)).hasSize(RACERS / 2);
    assertThat(values("mixed")).hasSize(RACERS / 2).allMatch(value -> value % 2 == 1);
  }

  @Test
  void aWorkMustNotCallTheDatabase() {
    assertThatThrownBy(() -> database.<Object>write(handle -> values("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            database.<Object>write(
                handle -> database.<Integer>write(other -> put(other, "x", 0, 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWorkMustNotReadClocksDrawNumbersOrSeal() {
    List<Work<Object>> forbidden =
        List.of(
            handle -> test.clock().now(),
            handle -> test.ids().uuid(),
            handle -> test.ids().bytes(1),
            handle -> test.vault().seal(new Place("t", "", "k", "c"), new byte[1]),
            handle -> test.vault().mac("", "purpose", new byte[1]),
            handle -> test.vault().newPoolKey("p"));
    for (Work<Object> work : forbidden) {
      assertThatThrownBy(() -> database.write(work))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside Database.write");
    }
    assertThat(WriteGuard.isInside()).isFalse();
  }

  @Test
  void textsCompareByTheirBytes() {
    database.<Integer>write(
        handle -> put(handle, "b", 0, 2) + put(handle, "B", 0, 1) + put(handle, "é", 0, 3));
    List<Long> inOrder =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT value FROM counter WHERE pool_id = :pool AND name > 'A'"
                        + " AND name IN ('b', 'B', 'é') ORDER BY name")
                .bind("pool", pool)
                .mapTo(Long.class)
                .list());
    assertThat(inOrder).containsExactly(1L, 2L, 3L);
  }

  @Test
  void operationIdsAreKeptForADayOnPostgresOnly() {
    database.<Integer>write(handle -> put(handle, "swept", 0, 1));
    boolean sqlite = test.engine() == TestEngine.SQLITE;
    assertThat(applied() > 0).isNotEqualTo(sqlite);
    StoreMaintenance.sweep(database, test.clock());
    assertThat(applied() > 0).isNotEqualTo(sqlite);
    StoreMaintenance.sweep(database, () -> test.clock().now().plusSeconds(86_401));
    // What is left is the sweep's own.
    assertThat(applied()).isLessThanOrEqualTo(2);
  }

  private long applied() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM applied").mapTo(Long.class).one());
  }
}

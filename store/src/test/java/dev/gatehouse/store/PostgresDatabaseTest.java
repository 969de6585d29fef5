package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import dev.gatehouse.store.testing.PostgresProxy;
import dev.gatehouse.store.testing.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Isolation.class)
class PostgresDatabaseTest {
  private static final StoreConfig CONFIG = new StoreConfig(2, 2, 1, 1, Duration.ofSeconds(2));
  private final Isolation isolation;
  private final RecordingMeter meter = new RecordingMeter();
  private final StoreContext context =
      StoreContext.of(WallClock.system()::now, meter).withGuard(WriteGuard.Mode.THROW);
  private PostgresProxy proxy;
  private String name;
  private Database database;

  PostgresDatabaseTest(Isolation isolation) {
    this.isolation = isolation;
  }

  @BeforeEach
  void open() throws IOException {
    name = TestPostgres.freshDatabase();
    proxy = new PostgresProxy(TestPostgres.port());
    // With 0 the driver sends the text COMMIT each time, which is what the proxy looks for.
    database = open(TestPostgres.url(name, proxy.port()) + "?prepareThreshold=0");
  }

  private Database open(String url) {
    return Databases.openPostgres(
        url, "postgres", Secret.of("postgres"), isolation, CONFIG, context);
  }

  @AfterEach
  void close() throws IOException {
    database.close();
    proxy.close();
  }

  private static int put(Handle handle, int stripe) {
    return handle.execute(
        "INSERT INTO counter (pool_id, name, stripe, value) VALUES ('p', 'n', ?, 1)", stripe);
  }

  private List<Integer> stored() {
    try (Database direct = TestPostgres.open(name, isolation, CONFIG, context)) {
      return direct.read(handle ->
          handle
              .createQuery("SELECT stripe FROM counter ORDER BY stripe")
              .mapTo(Integer.class)
              .list());
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostStandsAndIsNotRepeated() {
    AtomicInteger runs = new AtomicInteger();
    proxy.cutNext(PostgresProxy.Cut.AFTER_COMMIT);
    int answer =
        database.<Integer>write(handle -> {
          put(handle, 1);
          return 100 + runs.incrementAndGet();
        });
    assertThat(answer).isEqualTo(101);
    assertThat(runs).hasValue(1);
    assertThat(stored()).containsExactly(1);
    assertThat(meter.countOf("store_commits_found_total")).isEqualTo(1);
  }

  @Test
  void aCommitThatNeverArrivedIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    proxy.cutNext(PostgresProxy.Cut.BEFORE_COMMIT);
    int answer =
        database.<Integer>write(handle -> {
          put(handle, 1);
          return 100 + runs.incrementAndGet();
        });
    assertThat(answer).isEqualTo(102);
    assertThat(stored()).containsExactly(1);
    assertThat(meter.countOf("store_commits_found_total")).isZero();
  }

  @Test
  @Tag("slow")
  void aCommitThatCannotBeLookedUpIsOfUnknownOutcome() {
    proxy.cutNext(PostgresProxy.Cut.AFTER_COMMIT_FOR_GOOD);
    assertThatThrownBy(() -> database.<Integer>write(handle -> put(handle, 1)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(stored()).containsExactly(1);
  }

  @Test
  void readsSurviveLostConnections() {
    database.<Integer>write(handle -> put(handle, 1));
    try (Database direct = TestPostgres.open(name, isolation, CONFIG, context)) {
      direct.<Long>write(PostgresDatabaseTest::endOtherSessions);
    }
    assertThat(
            database.<Long>read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM counter").mapTo(Long.class).one()))
        .isEqualTo(1);
    assertThat(database.<Integer>write(handle -> put(handle, 2))).isEqualTo(1);
    assertThat(stored()).containsExactly(1, 2);
  }

  private static long endOtherSessions(Handle handle) {
    return handle
        .createQuery(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .mapTo(Long.class)
        .one();
  }

  private static int conflict(Handle handle) {
    return handle.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$");
  }

  @Test
  void conflictsAreTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    int answer =
        database.<Integer>write(handle -> {
          put(handle, 1);
          return runs.incrementAndGet() < 4 ? conflict(handle) : runs.get();
        });
    assertThat(answer).isEqualTo(4);
    assertThat(stored()).containsExactly(1);
    assertThat(meter.countOf("store_retries_total")).isEqualTo(3);
  }

  @Test
  @Tag("slow")
  void tenRetriesAreEnough() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              runs.incrementAndGet();
              put(handle, 1);
              return conflict(handle);
            }))
        .isInstanceOf(ConflictException.class);
    assertThat(runs).hasValue(11);
    assertThat(stored()).isEmpty();
  }

  @Test
  void aFaultyStatementIsNotTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    database.<Integer>write(handle -> put(handle, 1));
    assertThatThrownBy(() ->
            database.<Integer>write(handle -> {
              runs.incrementAndGet();
              return put(handle, 1);
            }))
        .isNotInstanceOf(StoreException.class);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aNewerSchemaIsRefused() {
    database.<Integer>write(handle ->
        handle.execute(
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                + " script, checksum, installed_by, execution_time, success) VALUES"
                + " (99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, TRUE)"));
    assertThatThrownBy(() -> open(TestPostgres.url(name, TestPostgres.port())))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("newer Gatehouse (schema 999");
  }

  @Test
  void anOldServerIsRefused() {
    assertThatThrownBy(() -> PostgresPools.requireVersion(130_012))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("PostgreSQL 13");
    assertThatCode(() -> PostgresPools.requireVersion(140_000)).doesNotThrowAnyException();
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutThePassword() {
    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x?password=hidden"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("127.0.0.1:1/x")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> open("jdbc:mysql://x/y")).isInstanceOf(StartRefusedException.class);
  }

  @Test
  void twoServersMayStartOnANewDatabaseAtOnce() throws Exception {
    String fresh = TestPostgres.freshDatabase();
    Thread[] starting = new Thread[3];
    AtomicInteger opened = new AtomicInteger();
    for (int i = 0; i < starting.length; i++) {
      starting[i] =
          Thread.ofPlatform()
              .start(() -> {
                TestPostgres.open(fresh, isolation, CONFIG, context).close();
                opened.incrementAndGet();
              });
    }
    for (Thread thread : starting) {
      thread.join();
    }
    assertThat(opened).hasValue(starting.length);
  }
}

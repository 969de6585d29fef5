package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final StoreConfig CONFIG = new StoreConfig(4, 4, 128, 64, Duration.ofSeconds(20));

  @TempDir Path folder;
  private final RecordingMeter meter = new RecordingMeter();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private Database database;

  private record No() implements Reason {}

  @BeforeEach
  void open() {
    database = open(CONFIG);
  }

  private Database open(StoreConfig config) {
    return Databases.openSqlite(
        folder,
        config,
        StoreContext.of(WallClock.system()::now, meter).withGuard(WriteGuard.Mode.THROW));
  }

  @AfterEach
  void close() {
    database.close();
    callers.close();
  }

  private static int put(Handle handle, int stripe) {
    return handle.execute(
        "INSERT INTO counter (pool_id, name, stripe, value) VALUES ('p', 'n', ?, 1)", stripe);
  }

  /** Stripes stored, as a connection of its own sees them. */
  private List<Integer> stored() throws SQLException {
    List<Integer> stripes = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT stripe FROM counter ORDER BY stripe")) {
      while (rows.next()) {
        stripes.add(rows.getInt(1));
      }
    }
    return stripes;
  }

  /** Keeps the writer busy until the latch falls, so that what comes meanwhile makes one group. */
  private Future<Integer> occupyWriter(CountDownLatch release) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    Future<Integer> future =
        callers.submit(() ->
            database.<Integer>write(handle -> {
              inside.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 0;
            }));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    return future;
  }

  private Future<Integer> submit(Work<Integer> work) throws InterruptedException {
    double before = queueLength();
    Future<Integer> future = callers.submit(() -> database.<Integer>write(work));
    while (queueLength() == before) {
      Thread.sleep(1);
    }
    return future;
  }

  private double queueLength() {
    return meter.gaugeOf("store_writer_queue_length");
  }

  /**
   * A work too many for the 20 ms of a group would close it early; the writer is occupied first.
   */
  private List<Future<Integer>> inOneGroup(List<Work<Integer>> works) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> occupying = occupyWriter(release);
    List<Future<Integer>> futures = new ArrayList<>();
    for (Work<Integer> work : works) {
      futures.add(submit(work));
    }
    Thread.sleep(25);
    release.countDown();
    occupying.get(10, TimeUnit.SECONDS);
    return futures;
  }

  @Test
  void aFailingWorkLeavesItsNeighbours() throws Exception {
    Refusal refusal = new Refusal(new No());
    List<Future<Integer>> futures =
        inOneGroup(
            List.of(
                handle -> put(handle, 1),
                handle -> {
                  put(handle, 2);
                  throw refusal;
                },
                handle -> put(handle, 3),
                handle -> put(handle, 1),
                handle -> put(handle, 4)));
    assertThat(futures.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(1).get(10, TimeUnit.SECONDS)).hasCause(refusal);
    assertThat(futures.get(2).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(3).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(futures.get(4).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(stored()).containsExactly(1, 3, 4);
    assertThat(meter.sizes).contains(5.0);
  }

  @Test
  void callersAreAnsweredAfterTheCommit() throws Exception {
    for (int i = 0; i < 50; i++) {
      int stripe = i;
      database.<Integer>write(handle -> put(handle, stripe));
      assertThat(stored()).hasSize(i + 1);
    }
  }

  @Test
  void aWorkThatFailsAtCommitFailsAlone() throws Exception {
    database.<Integer>write(handle ->
        handle.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            + handle.execute(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL"
                    + " REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"));
    List<Future<Integer>> futures =
        inOneGroup(
            List.of(
                handle -> put(handle, 1),
                handle -> handle.execute("INSERT INTO child VALUES (1, 99)"),
                handle -> put(handle, 2)));
    assertThat(futures.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(1).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
    assertThat(futures.get(2).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void aWorkThatEndsTheTransactionFailsAlone() throws Exception {
    List<Future<Integer>> futures =
        inOneGroup(
            List.of(
                handle -> put(handle, 1),
                handle -> handle.execute("ROLLBACK"),
                handle -> put(handle, 2)));
    assertThat(futures.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(1).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
    assertThat(futures.get(2).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void aFullQueueHoldsCallersBackAndThenRefusesThem() throws Exception {
    database.close();
    database = open(new StoreConfig(1, 1, 8, 1, Duration.ofMillis(300)));
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> occupying = occupyWriter(release);
    Future<Integer> waiting = submit(handle -> put(handle, 1));
    assertThatThrownBy(() -> database.<Integer>write(handle -> put(handle, 2)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("full");
    release.countDown();
    occupying.get(10, TimeUnit.SECONDS);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(stored()).containsExactly(1);
  }

  @Test
  void aCallerThatIsInterruptedStillLearnsTheOutcome() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> occupying = occupyWriter(release);
    int[] answer = new int[1];
    boolean[] stillInterrupted = new boolean[1];
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              answer[0] = database.<Integer>write(handle -> put(handle, 1));
              stillInterrupted[0] = Thread.currentThread().isInterrupted();
            });
    while (queueLength() == 0) {
      Thread.sleep(1);
    }
    caller.interrupt();
    release.countDown();
    occupying.get(10, TimeUnit.SECONDS);
    caller.join();
    assertThat(answer[0]).isEqualTo(1);
    assertThat(stillInterrupted[0]).isTrue();
  }

  @Test
  void closingCommitsWhatWaitsAndRefusesWhatComes() throws Exception {
    List<Future<Integer>> futures = new ArrayList<>();
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> occupying = occupyWriter(release);
    for (int i = 0; i < 20; i++) {
      int stripe = i;
      futures.add(submit(handle -> put(handle, stripe)));
    }
    Thread closing = Thread.ofVirtual().start(database::close);
    release.countDown();
    occupying.get(10, TimeUnit.SECONDS);
    closing.join();
    for (Future<Integer> future : futures) {
      assertThat(future.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(stored()).hasSize(20);
    assertThatThrownBy(() -> database.<Integer>write(handle -> put(handle, 99)))
        .isInstanceOf(StoreException.class);
    database = open(CONFIG);
  }

  @Test
  void latenciesAreMeasured() {
    database.<Integer>write(handle -> put(handle, 1));
    database.<Integer>read(handle -> 1);
    assertThat(meter.timings).containsKeys("store_write_seconds", "store_read_seconds");
  }
}

package dev.gatehouse.delivery;

import dev.gatehouse.delivery.OutboxStore.Row;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one medium, so that a mail server that hangs holds no SMS up. As many rows are
 * leased as there are free places; each is sent by a thread of its own.
 */
final class OutboxLane {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxLane.class);

  /** How long other nodes leave a row alone; longer than any attempt. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** Connections that a medium's other side sees at once from one node. */
  static final int PLACES = 8;

  /** How soon rows are found that another node wrote, or that came due. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Medium medium;
  private final Database database;
  private final OutboxSender sender;
  private final Clock clock;
  private final ExecutorService executor;
  private final Semaphore places = new Semaphore(PLACES);
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  OutboxLane(
      Medium medium,
      Database database,
      OutboxSender sender,
      Clock clock,
      ExecutorService executor) {
    this.medium = medium;
    this.database = database;
    this.sender = sender;
    this.clock = clock;
    this.executor = executor;
    this.thread = Thread.ofVirtual().name("outbox-" + medium).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** There may be something to send. */
  void wake() {
    news.release();
  }

  /** Leases nothing more; what is being sent goes on. */
  void close() throws InterruptedException {
    closed = true;
    wake();
    thread.join();
  }

  private void loop() {
    while (!closed) {
      try {
        boolean free = places.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (free
            && sendSome().isEmpty()
            && news.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException | RejectedExecutionException stop) {
        return;
      } catch (RuntimeException failure) {
        LOG.error("the outbox could not be read", failure);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(IDLE);
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  /** Sends what is due and ends when it was sent; for tests. */
  boolean sendDue() throws InterruptedException {
    places.acquire();
    List<Future<?>> begun = sendSome();
    for (Future<?> sending : begun) {
      try {
        sending.get();
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure.getCause());
      }
    }
    return !begun.isEmpty();
  }

  /** Begins as many messages as there are places; the caller has taken one. */
  private List<Future<?>> sendSome() {
    int free = 1 + places.drainPermits();
    List<Row> rows = List.of();
    try {
      rows = lease(free);
    } finally {
      places.release(free - rows.size());
    }
    List<Future<?>> begun = new ArrayList<>();
    for (Row row : rows) {
      begun.add(
          executor.submit(() -> {
            try {
              sender.send(row);
            } catch (RuntimeException | Error failure) {
              // Could not be marked; its lease ends by itself.
              LOG.error(
                  "{} {} of pool {} could not be marked", medium, row.id(), row.poolId(), failure);
            } finally {
              places.release();
            }
            return row;
          }));
    }
    return begun;
  }

  private List<Row> lease(int most) {
    Instant now = clock.now();
    if (!database.<Boolean>read(handle -> OutboxStore.anyDue(handle, medium, now))) {
      return List.of();
    }
    Instant until = now.plus(LEASE);
    return database.write(handle -> OutboxStore.lease(handle, medium, now, until, most));
  }
}

package dev.gatehouse.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.delivery.OutboxStore.Row;
import dev.gatehouse.delivery.Transport.TransportException;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox. A node leases rows, so that several may run; a failure is tried
 * again with growing pauses; what has expired, or failed too often, is given up and counted.
 */
public final class OutboxWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final Duration DEAD_KEPT = Duration.ofDays(7);
  private static final int MOST_ATTEMPTS = 8;
  private static final int AT_ONCE = 20;
  private static final long IDLE_SECONDS = 1;

  private final Database database;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final Meter meter;
  private final int recipientLimit;
  private final Cache<String, AtomicInteger> recipients =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  public OutboxWorker(
      Database database, Outbox outbox, DeliveryConfig config, Clock clock, Ids ids, Meter meter) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
    this.meter = meter;
    this.recipientLimit = config.recipientLimit();
    this.thread = Thread.ofVirtual().name("outbox").unstarted(this::loop);
    outbox.onWork(work::release);
    meter.gauge("outbox_age_seconds", this::age);
    meter.gauge("outbox_dead_letters", () -> database.<Long>read(OutboxStore::dead));
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  private double age() {
    Instant oldest = database.read(OutboxStore::oldest);
    return oldest == null ? 0 : Duration.between(oldest, clock.now()).toMillis() / 1000.0;
  }

  private void loop() {
    while (!closed) {
      try {
        if (!sendDue()) {
          work.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
          work.drainPermits();
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException failure) {
        LOG.error("the outbox could not be worked on", failure);
        try {
          TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        } catch (InterruptedException stop) {
          return;
        }
      }
    }
  }

  /**
   * Sends what is due now.
   *
   * @return whether there was anything
   */
  boolean sendDue() {
    Instant now = clock.now();
    List<Row> rows = database.write(handle -> OutboxStore.lease(handle, now, LEASE, AT_ONCE));
    rows.forEach(this::send);
    return !rows.isEmpty();
  }

  private void send(Row row) {
    Instant now = clock.now();
    byte[] sealed = row.sealed();
    if (sealed == null || !row.expires().isAfter(now)) {
      bury(row, "expired");
      return;
    }
    Message message = outbox.open(row, sealed);
    Optional<Transport> transport = outbox.transport(row.medium());
    if (transport.isEmpty()) {
      bury(row, "no_transport");
      return;
    }
    if (recipients.get(message.recipient(), key -> new AtomicInteger()).incrementAndGet()
        > recipientLimit) {
      count(row, "postponed");
      database.write(handle -> {
        OutboxStore.postpone(handle, row, now.plus(Duration.ofMinutes(1)));
        return row;
      });
      return;
    }
    try {
      transport.get().send(row.id(), message);
    } catch (TransportException failure) {
      failed(row, failure);
      return;
    }
    count(row, "sent");
    database.write(handle -> {
      OutboxStore.sent(handle, row);
      return row;
    });
  }

  private void failed(Row row, TransportException failure) {
    LOG.warn(
        "{} {} of pool {} was not sent, attempt {}: {}",
        row.medium(),
        row.id(),
        row.poolId(),
        row.attempts(),
        failure.getMessage());
    if (row.attempts() >= MOST_ATTEMPTS) {
      bury(row, "failed");
      return;
    }
    count(row, "retried");
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.attempts() - 1, 20));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    // up to a quarter more, so that many failures do not come back together
    Instant due = clock.now().plus(bounded).plusMillis(ids.below((int) bounded.toMillis() / 4));
    database.write(handle -> {
      OutboxStore.postpone(handle, row, due);
      return row;
    });
  }

  private void bury(Row row, String reason) {
    count(row, reason);
    database.write(handle -> {
      OutboxStore.bury(handle, row, reason);
      return row;
    });
  }

  private void count(Row row, String result) {
    meter.count("messages_total", "medium", row.medium().name(), "result", result);
  }

  /** Forgets dead letters of the week before last. */
  public void sweep() {
    Instant before = clock.now().minus(DEAD_KEPT);
    database.write(handle -> OutboxStore.sweep(handle, before));
  }

  /** Lets the message that is being sent end. */
  @Override
  public void close() {
    closed = true;
    work.release();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

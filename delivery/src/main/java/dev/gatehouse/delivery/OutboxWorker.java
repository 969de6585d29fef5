package dev.gatehouse.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox. A node leases rows, so that several may run; a failure is tried
 * again with growing pauses; what has expired, was refused or failed too often is given up,
 * stripped of what it said, counted, and kept for a week.
 *
 * <p>At least once: a node that falls, or loses its database, between handing a message over and
 * forgetting it leaves the row behind, and when the lease has ended the message leaves again, under
 * the same id.
 */
public final class OutboxWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
  private static final Duration DEAD_KEPT = Duration.ofDays(7);
  private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(1);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

  private final Database database;
  private final Clock clock;
  private final ExecutorService senders = threads("outbox-row-");
  private final ExecutorService attempts = threads("outbox-attempt-");
  private final Map<Medium, OutboxLane> lanes = new EnumMap<>(Medium.class);

  public OutboxWorker(
      Database database, Outbox outbox, DeliveryConfig config, Clock clock, Ids ids, Meter meter) {
    this(database, outbox, config, clock, ids, meter, LONGEST_ATTEMPT, Ticker.systemTicker());
  }

  OutboxWorker(
      Database database,
      Outbox outbox,
      DeliveryConfig config,
      Clock clock,
      Ids ids,
      Meter meter,
      Duration longestAttempt,
      Ticker ticker) {
    this.database = database;
    this.clock = clock;
    OutboxSender sender =
        new OutboxSender(
            database,
            outbox,
            config,
            new Recipients(config.recipientLimit(), ticker),
            clock,
            ids,
            meter,
            attempts,
            longestAttempt);
    for (Medium medium : Medium.values()) {
      lanes.put(medium, new OutboxLane(medium, database, sender, clock, senders));
    }
    outbox.onWork(medium -> lane(medium).wake());
    meter.gauge("outbox_age_seconds", this::age);
    meter.gauge("outbox_dead_letters", () -> database.<Long>read(OutboxStore::dead));
  }

  private static ExecutorService threads(String name) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name, 0).factory());
  }

  private OutboxLane lane(Medium medium) {
    return Objects.requireNonNull(lanes.get(medium));
  }

  /** Begins to send. */
  public void start() {
    lanes.values().forEach(OutboxLane::start);
  }

  /** How long the oldest message has been on its way. */
  private double age() {
    Instant oldest = database.read(OutboxStore::oldest);
    return oldest == null ? 0 : Duration.between(oldest, clock.now()).toMillis() / 1000.0;
  }

  /**
   * Sends what is due now, up to a lease of each medium, and ends when it was sent.
   *
   * @return whether there was anything
   */
  boolean sendDue() throws InterruptedException {
    boolean any = false;
    for (OutboxLane lane : lanes.values()) {
      any |= lane.sendDue();
    }
    return any;
  }

  /** Forgets dead letters that were written more than a week ago. */
  public void sweep() {
    Instant before = clock.now().minus(DEAD_KEPT);
    for (Medium medium : Medium.values()) {
      while (database.<Boolean>write(handle -> OutboxStore.sweep(handle, medium, before))) {
        // the next chunk
      }
    }
  }

  /** Lets what is being sent end, for ten seconds; then it is left to the end of its lease. */
  @Override
  public void close() {
    try {
      for (OutboxLane lane : lanes.values()) {
        lane.close();
      }
      senders.shutdown();
      boolean ended = senders.awaitTermination(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        LOG.warn("messages that were being sent when the server stopped may leave twice");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      senders.shutdownNow();
      attempts.shutdownNow();
    }
  }
}

package dev.gatehouse.delivery;

import dev.gatehouse.delivery.OutboxStore.Row;
import dev.gatehouse.delivery.Transport.TransportException;
import dev.gatehouse.delivery.Transport.TransportException.Outlook;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of one leased message: sent and forgotten, tried again later, or given up. Whatever
 * goes wrong ends in one of the three, so that no message is tried for ever.
 */
final class OutboxSender {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Database database;
  private final Outbox outbox;
  private final DeliveryConfig config;
  private final Recipients recipients;
  private final Clock clock;
  private final Ids ids;
  private final Meter meter;
  private final ExecutorService executor;
  private final Duration deadline;

  /**
   * @param executor runs the transports, on threads whose interruption ends their socket calls
   * @param deadline how long one attempt may take; well below a lease
   */
  OutboxSender(
      Database database,
      Outbox outbox,
      DeliveryConfig config,
      Recipients recipients,
      Clock clock,
      Ids ids,
      Meter meter,
      ExecutorService executor,
      Duration deadline) {
    this.database = database;
    this.outbox = outbox;
    this.config = config;
    this.recipients = recipients;
    this.clock = clock;
    this.ids = ids;
    this.meter = meter;
    this.executor = executor;
    this.deadline = deadline;
  }

  void send(Row row) throws InterruptedException {
    Instant now = clock.now();
    if (!row.expires().isAfter(now)) {
      bury(row, "expired");
      return;
    }
    if (row.attempts() > config.mostAttempts()) {
      // Leases that ended without a word: the node fell each time.
      bury(row, "failed");
      return;
    }
    try {
      Optional<Message> message = outbox.open(row);
      if (message.isEmpty()) {
        bury(row, "unreadable");
      } else if (recipients.take(row.medium(), message.get().recipient())) {
        handOver(row.id(), row.medium(), message.get());
        mark("sent", row, handle -> OutboxStore.sent(handle, row));
      } else {
        Instant due = later(now, Recipients.WINDOW);
        mark("postponed", row, handle -> OutboxStore.wait(handle, row, due));
      }
    } catch (TransportException failure) {
      failed(row, failure);
    } catch (RuntimeException failure) {
      failed(row, new TransportException(unexpected(failure)));
    }
  }

  private void handOver(String id, Medium medium, Message message)
      throws TransportException, InterruptedException {
    Transport transport =
        outbox
            .transport(medium)
            .orElseThrow(() -> new TransportException("no transport is configured"));
    Future<?> sending =
        executor.submit(() -> {
          transport.send(id, message);
          return id;
        });
    try {
      sending.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new TransportException("not done within " + deadline.toSeconds() + " s");
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case TransportException known -> throw known;
        case RuntimeException unknown -> throw unknown;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure);
      }
    } finally {
      sending.cancel(true);
    }
  }

  private void failed(Row row, TransportException failure) {
    LOG.warn(
        "{} {} of pool {} was not sent, attempt {}: {}",
        row.medium(),
        row.id(),
        row.poolId(),
        row.attempts(),
        failure.getMessage());
    if (failure.outlook() == Outlook.FINAL) {
      bury(row, "refused");
    } else if (row.attempts() >= config.mostAttempts()) {
      bury(row, "failed");
    } else {
      Instant due = later(clock.now(), pause(row.attempts()));
      mark("retried", row, handle -> OutboxStore.retry(handle, row, due));
    }
  }

  /** Where it happened; what it says may hold what is sealed. */
  private static String unexpected(RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** After the first failure 5 seconds, then twice as long each time, up to 15 minutes. */
  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** Up to a quarter later, so that what failed together does not come back together. */
  private Instant later(Instant now, Duration pause) {
    return now.plus(pause).plusMillis(ids.below((int) pause.toMillis() / 4));
  }

  private void bury(Row row, String reason) {
    mark(reason, row, handle -> OutboxStore.bury(handle, row, reason));
  }

  private void mark(String result, Row row, Work<Boolean> change) {
    meter.count("messages_total", "medium", row.medium().name(), "result", result);
    if (!database.<Boolean>write(change)) {
      LOG.warn(
          "{} {} of pool {} was {} after its lease had ended",
          row.medium(),
          row.id(),
          row.poolId(),
          result);
    }
  }
}

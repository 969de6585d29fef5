package dev.gatehouse.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.Vault;
import dev.gatehouse.store.testing.OnEveryEngine;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class OutboxTest {
  private static final String PHONE = "+12065550100";
  private static final Duration DAY = Duration.ofHours(24);

  private final TestDatabase tested;
  private final Figures figures = new Figures();
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final List<OutboxWorker> workers = new ArrayList<>();
  private String pool = "";

  OutboxTest(TestDatabase tested) {
    this.tested = tested;
  }

  @BeforeEach
  void begin() {
    tested.database().write(handle -> handle.execute("DELETE FROM outbox"));
    begin(tested.ids().poolId("us-east-1"));
  }

  /** From here on messages are of this pool. */
  private void begin(String newPool) {
    pool = newPool;
    NewPoolKey key = tested.vault().newPoolKey(pool);
    tested
        .database()
        .write(handle -> {
          key.insert(handle);
          return pool;
        });
  }

  @AfterEach
  void end() {
    workers.forEach(OutboxWorker::close);
  }

  private Instant inADay() {
    return tested.clock().now().plus(DAY);
  }

  private Message sms(String recipient) {
    return Messages.sms(pool, recipient, inADay());
  }

  private Transport recording() {
    return (id, message) -> sent.add(id + " " + message.recipient());
  }

  private static Transport failing(String detail) {
    return (id, message) -> {
      throw new Transport.TransportException(detail);
    };
  }

  private Outbox outbox(Transport sms) {
    return outbox(tested.vault(), sms);
  }

  private Outbox outbox(Vault vault, Transport sms) {
    return new Outbox(
        vault, Map.of(Medium.SMS, sms), Optional.empty(), tested.clock(), tested.ids());
  }

  private OutboxWorker worker(Outbox outbox) {
    return worker(tested.database(), outbox, DeliveryConfig.none(), Duration.ofSeconds(30));
  }

  private OutboxWorker worker(
      Database database, Outbox outbox, DeliveryConfig config, Duration longestAttempt) {
    Ticker ticker = nanos::get;
    OutboxWorker worker =
        new OutboxWorker(
            database,
            outbox,
            config,
            tested.clock(),
            tested.ids(),
            figures,
            longestAttempt,
            ticker);
    workers.add(worker);
    return worker;
  }

  private static DeliveryConfig withAttempts(int attempts) {
    return new DeliveryConfig(null, null, null, null, null, attempts);
  }

  private void put(Outbox outbox, Message message) {
    Outbox.Prepared prepared = outbox.prepare(message).orElseThrow();
    tested
        .database()
        .write(handle -> {
          prepared.insert(handle);
          return prepared;
        });
    prepared.committed();
  }

  private long rows(String where) {
    return tested
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT COUNT(*) AS n FROM outbox WHERE " + where)
                .map((row, context) -> row.getLong("n"))
                .one());
  }

  private static void until(java.util.function.BooleanSupplier reached) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not reached in 20 s").isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void whatWasSentIsForgotten() throws Exception {
    Outbox outbox = outbox(recording());
    put(outbox, sms(PHONE));
    assertThat(rows("sealed IS NOT NULL")).isEqualTo(1);
    assertThat(worker(outbox).sendDue()).isTrue();
    assertThat(sent).singleElement().asString().endsWith(PHONE);
    assertThat(rows("1 = 1")).isZero();
    assertThat(figures.messages(Medium.SMS, "sent")).isEqualTo(1);
  }

  @Test
  void aRolledBackChangeSendsNothing() throws Exception {
    Outbox outbox = outbox(recording());
    Outbox.Prepared prepared = outbox.prepare(sms(PHONE)).orElseThrow();
    assertThatThrownBy(() ->
            tested
                .database()
                .write(handle -> {
                  prepared.insert(handle);
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessageContaining("rolled back");
    assertThat(worker(outbox).sendDue()).isFalse();
    assertThat(sent).isEmpty();
  }

  @Test
  void aCommitWakesTheWorker() throws Exception {
    Outbox outbox = outbox(recording());
    worker(outbox).start();
    put(outbox, sms(PHONE));
    until(() -> rows("1 = 1") == 0);
    assertThat(sent).hasSize(1);
  }

  @Test
  void failuresComeBackWithGrowingPausesUnderTheSameIdAndAreGivenUp() throws Exception {
    Outbox outbox =
        outbox((id, message) -> {
          sent.add(id);
          throw new Transport.TransportException("down");
        });
    put(outbox, sms(PHONE));
    OutboxWorker worker =
        worker(tested.database(), outbox, withAttempts(8), Duration.ofSeconds(30));
    List<Long> pauses = new ArrayList<>();
    while (rows("dead IS NULL") == 1) {
      assertThat(worker.sendDue()).isTrue();
      long due =
          tested
              .database()
              .read(handle -> handle.createQuery("SELECT due FROM outbox").mapTo(Long.class).one());
      if (due == Long.MAX_VALUE) {
        break;
      }
      long pause = due - tested.clock().now().toEpochMilli();
      pauses.add(pause);
      assertThat(worker.sendDue()).as("not before it is due").isFalse();
      tested.adjustableClock().advance(Duration.ofMillis(pause + 1));
    }
    assertThat(pauses).hasSize(7).isSorted();
    assertThat(pauses.getFirst()).isBetween(4_000L, 6_250L);
    assertThat(pauses.getLast()).isBetween(319_000L, 400_000L);
    assertThat(sent).hasSize(8).containsOnly(sent.peek());
    assertThat(rows("dead = 'failed' AND sealed IS NULL")).isEqualTo(1);
    assertThat(figures.messages(Medium.SMS, "retried")).isEqualTo(7);
    assertThat(figures.messages(Medium.SMS, "failed")).isEqualTo(1);
    assertThat(figures.gauge("outbox_dead_letters")).isEqualTo(1);
  }

  @Test
  void whatTheOtherSideWillNeverTakeIsTriedOnce() throws Exception {
    Outbox outbox =
        outbox((id, message) -> {
          sent.add(id);
          throw Transport.TransportException.refused("unknown number");
        });
    put(outbox, sms(PHONE));
    OutboxWorker worker = worker(outbox);
    worker.sendDue();
    tested.adjustableClock().advance(Duration.ofHours(1));
    assertThat(worker.sendDue()).isFalse();
    assertThat(sent).hasSize(1);
    assertThat(rows("dead = 'refused' AND sealed IS NULL")).isEqualTo(1);
  }

  @Test
  void aFaultOfTheTransportIsAFailureLikeOthers() throws Exception {
    Outbox outbox =
        outbox((id, message) -> {
          throw new IllegalStateException("about " + message.body());
        });
    put(outbox, sms(PHONE));
    worker(outbox).sendDue();
    assertThat(rows("dead IS NULL AND attempts = 1")).isEqualTo(1);
    assertThat(figures.messages(Medium.SMS, "retried")).isEqualTo(1);
  }

  @Test
  void aMessageThatDoesNotOpenIsGivenUpAndHoldsNoOtherUp() throws Exception {
    Outbox outbox = outbox(recording());
    put(outbox, sms("+12065550101"));
    byte[] nonsense = tested.key().bytes();
    tested
        .database()
        .write(handle ->
            handle
                .createUpdate("UPDATE outbox SET sealed = :nonsense")
                .bind("nonsense", nonsense)
                .execute());
    put(outbox, sms(PHONE));
    worker(outbox).sendDue();
    assertThat(sent).singleElement().asString().endsWith(PHONE);
    assertThat(rows("dead = 'unreadable' AND sealed IS NULL")).isEqualTo(1);
    assertThat(rows("dead IS NULL")).isZero();
  }

  @Test
  void messagesOfAPoolWhoseKeyIsGoneEndByThemselves() throws Exception {
    Outbox outbox = outbox(recording());
    put(outbox, sms(PHONE));
    tested
        .database()
        .write(handle -> {
          Vault.deletePoolKeys(handle, pool);
          return pool;
        });
    OutboxWorker worker =
        worker(tested.database(), outbox, withAttempts(2), Duration.ofSeconds(30));
    worker.sendDue();
    tested.adjustableClock().advance(Duration.ofMinutes(1));
    worker.sendDue();
    assertThat(sent).isEmpty();
    assertThat(rows("dead = 'failed' AND sealed IS NULL")).isEqualTo(1);
  }

  @Test
  void expiredCodesAreNotSent() throws Exception {
    Outbox outbox = outbox(recording());
    put(outbox, sms(PHONE));
    tested.adjustableClock().advance(DAY);
    worker(outbox).sendDue();
    assertThat(sent).isEmpty();
    assertThat(rows("dead = 'expired' AND sealed IS NULL")).isEqualTo(1);
    assertThat(figures.messages(Medium.SMS, "expired")).isEqualTo(1);
  }

  @Test
  void oneRecipientGetsTenAMinuteAndTheOthersAreNotHeldUp() throws Exception {
    Outbox outbox = outbox(recording());
    for (int i = 0; i < 12; i++) {
      put(outbox, sms(PHONE));
    }
    put(outbox, sms("+12065550177"));
    OutboxWorker worker = worker(outbox);
    while (worker.sendDue()) {
      // all that is due
    }
    assertThat(sent).hasSize(11);
    assertThat(rows("dead IS NULL AND attempts = 0")).as("waiting is no attempt").isEqualTo(2);
    tested.adjustableClock().advance(Duration.ofSeconds(80));
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    while (worker.sendDue()) {
      // the rest
    }
    assertThat(sent).hasSize(13);
    assertThat(figures.messages(Medium.SMS, "postponed")).isEqualTo(2);
  }

  @Test
  void twoWorkersSendEachOfThirtyTwoMessagesOnce() throws Exception {
    Outbox one = outbox(recording());
    for (int i = 0; i < 32; i++) {
      put(one, sms("+120655501%02d".formatted(i)));
    }
    Database secondDatabase = tested.database();
    Outbox two = outbox(recording());
    if (tested.engine() != TestEngine.SQLITE) {
      TestDatabase.Node node = tested.anotherNode();
      secondDatabase = node.database();
      two = outbox(node.vault(), recording());
    }
    worker(one).start();
    worker(secondDatabase, two, DeliveryConfig.none(), Duration.ofSeconds(30)).start();
    until(() -> rows("1 = 1") == 0);
    assertThat(sent).hasSize(32).doesNotHaveDuplicates();
  }

  @Test
  void aNodeThatFallsBetweenSendingAndForgettingLeavesTheMessageToAnother() throws Exception {
    CountDownLatch handedOver = new CountDownLatch(1);
    CountDownLatch longAfter = new CountDownLatch(1);
    Outbox falling =
        outbox((id, message) -> {
          sent.add(id + " " + message.recipient());
          handedOver.countDown();
          // It falls here: nothing comes back from the transport.
          await(longAfter);
        });
    put(falling, sms(PHONE));
    OutboxWorker fallen = worker(falling);
    fallen.start();
    assertThat(handedOver.await(20, TimeUnit.SECONDS)).isTrue();

    Outbox other = outbox(recording());
    OutboxWorker alive = worker(other);
    assertThat(alive.sendDue()).as("leased by the fallen node").isFalse();
    tested.adjustableClock().advance(OutboxLane.LEASE.plusSeconds(1));
    assertThat(alive.sendDue()).isTrue();
    assertThat(sent).hasSize(2).containsOnly(sent.peek());
    assertThat(rows("1 = 1")).isZero();
    longAfter.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As a server that never answers: until the attempt is interrupted. */
  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoComesBackAfterItsLeaseHasEndedChangesNothing() {
    Outbox outbox = outbox(recording());
    put(outbox, sms(PHONE));
    Instant now = tested.clock().now();
    Instant until = now.plus(OutboxLane.LEASE);
    OutboxStore.Row late =
        tested
            .database()
            .<List<OutboxStore.Row>>write(
                handle -> OutboxStore.lease(handle, Medium.SMS, now, until, 8))
            .getFirst();
    OutboxStore.Row holder =
        tested
            .database()
            .<List<OutboxStore.Row>>write(
                handle -> OutboxStore.lease(handle, Medium.SMS, until, until.plusSeconds(60), 8))
            .getFirst();
    assertThat(late.id()).isEqualTo(holder.id());
    assertThat(tested.database().<Boolean>write(handle -> OutboxStore.sent(handle, late)))
        .isFalse();
    assertThat(tested.database().<Boolean>write(handle -> OutboxStore.retry(handle, late, now)))
        .isFalse();
    assertThat(tested.database().<Boolean>write(handle -> OutboxStore.bury(handle, late, "x")))
        .isFalse();
    assertThat(rows("dead IS NULL AND attempts = 2")).isEqualTo(1);
    assertThat(tested.database().<Boolean>write(handle -> OutboxStore.sent(handle, holder)))
        .isTrue();
  }

  @Test
  void aMessageThatFellsItsNodeEachTimeIsGivenUp() throws Exception {
    Outbox outbox = outbox(recording());
    put(outbox, sms(PHONE));
    for (int i = 0; i < 3; i++) {
      Instant now = tested.clock().now();
      Instant until = now.plus(OutboxLane.LEASE);
      tested.database().write(handle -> OutboxStore.lease(handle, Medium.SMS, now, until, 8));
      tested.adjustableClock().advance(OutboxLane.LEASE);
    }
    worker(tested.database(), outbox, withAttempts(3), Duration.ofSeconds(30)).sendDue();
    assertThat(sent).isEmpty();
    assertThat(rows("dead = 'failed' AND sealed IS NULL")).isEqualTo(1);
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndTriedAgain() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Outbox outbox =
        outbox((id, message) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    put(outbox, sms(PHONE));
    worker(tested.database(), outbox, DeliveryConfig.none(), Duration.ofMillis(50)).sendDue();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(rows("dead IS NULL AND attempts = 1")).isEqualTo(1);
  }

  @Test
  void aMailServerThatHangsHoldsNoSmsUp() throws Exception {
    Outbox outbox =
        new Outbox(
            tested.vault(),
            Map.of(Medium.EMAIL, (id, message) -> hang(), Medium.SMS, recording()),
            Optional.empty(),
            tested.clock(),
            tested.ids());
    for (int i = 0; i < 2 * OutboxLane.PLACES; i++) {
      put(outbox, Messages.mail(pool, "jane" + i + "@example.com", inADay()));
    }
    worker(tested.database(), outbox, DeliveryConfig.none(), Duration.ofMillis(1500)).start();
    put(outbox, sms(PHONE));
    until(() -> sent.size() == 1);
    assertThat(rows("medium = 'EMAIL' AND dead IS NULL")).isEqualTo(2 * OutboxLane.PLACES);
  }

  @Test
  void closingLetsWhatIsBeingSentEndAndLeasesNoMore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Outbox outbox =
        outbox((id, message) -> {
          begun.countDown();
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            return;
          }
          sent.add(id);
        });
    put(outbox, sms(PHONE));
    OutboxWorker worker = worker(outbox);
    worker.start();
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    worker.close();
    assertThat(sent).hasSize(1);
    assertThat(rows("1 = 1")).isZero();
    put(outbox, sms(PHONE));
    assertThat(rows("lease = 0")).isEqualTo(1);

    worker(outbox).start();
    until(() -> rows("1 = 1") == 0);
  }

  @Test
  void anIdleWorkerWritesNothing() throws Exception {
    OutboxWorker worker = worker(outbox(recording()));
    tested.forgetStatements();
    assertThat(worker.sendDue()).isFalse();
    assertThat(tested.statements()).isNotEmpty().allMatch(sql -> sql.startsWith("SELECT"));
  }

  @Test
  void figuresShowTheOldestMessageAndDeadLettersAreSweptAfterAWeek() throws Exception {
    Outbox outbox = outbox(failing("down"));
    OutboxWorker worker =
        worker(tested.database(), outbox, withAttempts(1), Duration.ofSeconds(30));
    assertThat(figures.gauge("outbox_age_seconds")).isZero();
    put(outbox, sms(PHONE));
    tested.adjustableClock().advance(Duration.ofMinutes(10));
    assertThat(figures.gauge("outbox_age_seconds")).isBetween(600.0, 660.0);
    worker.sendDue();
    assertThat(figures.gauge("outbox_age_seconds")).isZero();
    assertThat(figures.gauge("outbox_dead_letters")).isEqualTo(1);
    worker.sweep();
    assertThat(figures.gauge("outbox_dead_letters")).isEqualTo(1);
    tested.adjustableClock().advance(Duration.ofDays(8));
    worker.sweep();
    assertThat(figures.gauge("outbox_dead_letters")).isZero();
  }

  @Test
  void aPoolThatGoesTakesItsMessagesAlong() throws Exception {
    Outbox outbox =
        outbox((id, message) -> {
          throw Transport.TransportException.refused("unknown number");
        });
    put(outbox, sms(PHONE));
    worker(outbox).sendDue();
    put(outbox, sms(PHONE));
    put(outbox, sms("+12065550101"));
    String going = pool;
    begin(tested.ids().poolId("us-east-1"));
    put(outbox, sms(PHONE));
    assertThat(rows("dead IS NOT NULL")).isEqualTo(1);
    assertThat(tested.database().<Integer>write(handle -> outbox.forget(handle, going, 2)))
        .isEqualTo(2);
    assertThat(tested.database().<Integer>write(handle -> outbox.forget(handle, going, 2)))
        .isEqualTo(1);
    assertThat(rows("pool_id = '" + pool + "'")).isEqualTo(1);
    assertThat(rows("1 = 1")).isEqualTo(1);
  }

  @Test
  void withoutTransportAndInboxNothingIsTaken() {
    Outbox outbox = outbox(recording());
    assertThat(outbox.prepare(Messages.mail(pool, "jane@example.com", inADay()))).isEmpty();
    assertThat(outbox.prepare(sms(PHONE))).isPresent();
  }

  @Test
  void whatCouldNeverArriveIsNotTaken() {
    Outbox outbox =
        new Outbox(
            tested.vault(),
            Map.of(Medium.EMAIL, recording(), Medium.SMS, recording()),
            Optional.empty(),
            tested.clock(),
            tested.ids());
    Message mail = Messages.mail(pool, "jane@example.com", inADay());
    assertThat(outbox.prepare(mail)).isPresent();
    assertThat(outbox.prepare(sms("206-555-0100"))).isEmpty();
    assertThat(outbox.prepare(Messages.mail(pool, "jane@example.com, eve@example.com", inADay())))
        .isEmpty();
    assertThat(
            outbox.prepare(Messages.mail(pool, "jane@example.com\r\nBcc: e@example.com", inADay())))
        .isEmpty();
    assertThat(outbox.prepare(Messages.from(mail, "x\nBcc: e@example.com", "r@example.com")))
        .isEmpty();
    assertThat(outbox.prepare(Messages.from(mail, "Shop <s@example.com>", "no address"))).isEmpty();
  }

  @Test
  void withTheInboxAloneNothingIsStored() throws Exception {
    Inbox inbox = new Inbox();
    Outbox outbox =
        new Outbox(tested.vault(), Map.of(), Optional.of(inbox), tested.clock(), tested.ids());
    Outbox.Prepared prepared = outbox.prepare(sms(PHONE)).orElseThrow();
    assertThat(inbox.entries("")).as("not before the commit").isEmpty();
    put(outbox, sms(PHONE));
    assertThat(inbox.entries(PHONE)).hasSize(1);
    assertThat(rows("1 = 1")).isZero();
    assertThat(prepared).isNotNull();
  }

  @Test
  void neitherLogNorFigureHoldsRecipientTextOrCode() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    Outbox outbox =
        outbox((id, message) -> {
          switch (turn.getAndIncrement()) {
            case 0 -> throw new IllegalStateException(message.recipient() + message.body());
            case 1 -> throw new Transport.TransportException("down");
            default -> throw Transport.TransportException.refused("never");
          }
        });
    try (CapturedLog log = new CapturedLog()) {
      Message message = sms(PHONE);
      put(outbox, message);
      OutboxWorker worker = worker(outbox);
      for (int i = 0; i < 3; i++) {
        worker.sendDue();
        tested.adjustableClock().advance(Duration.ofMinutes(1));
      }
      assertThat(log.text())
          .contains("attempt 1: java.lang.IllegalStateException at ", "attempt 2: down", "never")
          .doesNotContain(PHONE, Messages.CODE);
      assertThat(figures.all()).doesNotContain(PHONE, Messages.CODE, pool);
      assertThat(message.toString()).doesNotContain(PHONE, Messages.CODE, "jane");
    }
    assertThat(rows("dead = 'refused'")).isEqualTo(1);
  }
}

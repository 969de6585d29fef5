package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class HashGateTest {
  private static final int CORES = 2;
  private static final String PHC = "$argon2id$phc";

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Recorder meter = new Recorder();

  @Test
  void coresHashEightTimesAsManyWaitAndTheNextIsRefused() throws Exception {
    try (HashGate gate = new HashGate(new Blocking(), CORES, meter);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> admitted = new ArrayList<>();
      for (int i = 0; i < CORES; i++) {
        admitted.add(callers.submit(() -> gate.hash(Secret.of("pw"))));
      }
      await(() -> running.get() == CORES);
      for (int i = 0; i < CORES * 8; i++) {
        admitted.add(callers.submit(() -> gate.hash(Secret.of("pw"))));
      }
      await(() -> gate.waiting() == CORES * 8);
      assertThat(meter.read(HashGate.QUEUE_LENGTH)).isEqualTo(CORES * 8.0);
      assertThatThrownBy(() -> gate.hash(Secret.of("pw")))
          .isInstanceOf(HashQueueFullException.class);
      assertThatThrownBy(() -> gate.verify(Secret.of("pw"), PHC))
          .isInstanceOf(HashQueueFullException.class);
      assertThat(meter.counts.get(HashGate.REFUSED)).isEqualTo(2);
      release.countDown();
      for (Future<String> each : admitted) {
        assertThat(each.get()).isEqualTo(PHC);
      }
      assertThat(most).hasValue(CORES);
      assertThat(gate.waiting()).isZero();
      assertThat(gate.verify(Secret.of("pw"), PHC)).isTrue();
    }
  }

  @Test
  void importedHashesHaveALaneOfTheirOwn() throws Exception {
    PasswordHasher mixed =
        new Blocking() {
          @Override
          public String hash(Secret password) {
            return PHC;
          }

          @Override
          public boolean verify(Secret password, String stored) {
            return !ForeignHash.is(stored) || super.hash(password).equals(PHC);
          }
        };
    try (HashGate gate = new HashGate(mixed, CORES, meter);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> foreign = new ArrayList<>();
      for (int i = 0; i < 1 + 8; i++) {
        foreign.add(callers.submit(() -> gate.verify(Secret.of("pw"), "$2b$12$")));
      }
      await(() -> running.get() == 1 && gate.waiting() == 8);
      assertThatThrownBy(() -> gate.verify(Secret.of("pw"), "$2b$12$"))
          .isInstanceOf(HashQueueFullException.class);
      assertThat(gate.verify(Secret.of("pw"), PHC)).isTrue();
      assertThat(gate.hash(Secret.of("pw"))).isEqualTo(PHC);
      release.countDown();
      for (Future<Boolean> each : foreign) {
        assertThat(each.get()).isTrue();
      }
      assertThat(most).hasValue(1);
    }
  }

  @Test
  void whatTheHasherThrowsReachesTheCaller() {
    release.countDown();
    try (HashGate gate = new HashGate(new Blocking(), CORES, Meter.none())) {
      assertThatThrownBy(() -> gate.verify(Secret.of("pw"), "other"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a hash");
    }
  }

  @Test
  void aClosedGateRefuses() {
    HashGate gate = new HashGate(new Blocking(), CORES, Meter.none());
    gate.close();
    assertThatThrownBy(() -> gate.hash(Secret.of("pw"))).isInstanceOf(HashQueueFullException.class);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(1);
    }
  }

  private class Blocking implements PasswordHasher {
    @Override
    public String hash(Secret password) {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        running.decrementAndGet();
      }
      return PHC;
    }

    @Override
    public boolean verify(Secret password, String phc) {
      if (!phc.equals(PHC)) {
        throw new IllegalArgumentException("not a hash");
      }
      return hash(password).equals(phc);
    }

    @Override
    public boolean needsRehash(String phc) {
      return false;
    }

    @Override
    public void warmUp() {}
  }

  private static final class Recorder implements Meter {
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    double read(String gauge) {
      return gauges.getOrDefault(gauge, () -> -1).getAsDouble();
    }

    @Override
    public void count(String name, String... labels) {
      counts.merge(name, 1, Integer::sum);
    }

    @Override
    public void time(String name, Duration elapsed, String... labels) {}

    @Override
    public void size(String name, double value, String... labels) {}

    @Override
    public void gauge(String name, DoubleSupplier value) {
      gauges.put(name, value);
    }
  }
}

package dev.gatehouse.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class KeyStockTest {
  private final Rs256 rs256 = Rs256.choose();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void fillsInTheBackgroundUpToItsSizeAndNoFurther() throws Exception {
    try (KeyStock stock = new KeyStock(this::make, 3)) {
      stock.refill();
      await(() -> stock.ready() == 3);
      assertThat(made).hasValue(3);
      Set<String> kids = new HashSet<>();
      kids.add(stock.take().kid());
      kids.add(stock.take().kid());
      await(() -> stock.ready() == 3);
      kids.add(stock.take().kid());
      assertThat(kids).hasSize(3);
      await(() -> stock.ready() == 3);
      assertThat(made.get()).isLessThanOrEqualTo(7);
    }
  }

  @Test
  void anEmptyStockStillGives() {
    KeyStock stock = new KeyStock(this::make, 1);
    stock.close();
    assertThat(stock.take().kid()).hasSize(44);
    assertThat(stock.take().kid()).hasSize(44);
    assertThat(made).hasValue(2);
    assertThat(stock.ready()).isZero();
  }

  private SigningKey make() {
    made.incrementAndGet();
    return rs256.generate();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(2);
    }
  }
}

package dev.gatehouse.jose;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few key pairs kept ready, so that CreateUserPool, which needs two, does not wait for prime
 * numbers. Refilled by one background thread that ends when the stock is full.
 */
public final class KeyStock implements AutoCloseable {
  private final Supplier<SigningKey> maker;
  private final BlockingQueue<SigningKey> stock;
  private final AtomicBoolean refilling = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * An empty stock; nothing is made before {@link #refill} or {@link #take}.
   *
   * @param maker usually {@link Rs256#generate}
   * @param size how many pairs to keep, at least 1
   */
  public KeyStock(Supplier<SigningKey> maker, int size) {
    this.maker = maker;
    this.stock = new ArrayBlockingQueue<>(size);
  }

  /** A pair that was never given before; made on the spot when the stock is empty. */
  public SigningKey take() {
    @Nullable SigningKey ready = stock.poll();
    refill();
    return ready != null ? ready : maker.get();
  }

  /** Begins to fill the stock, if it is not full; returns at once. Call it once after Ready. */
  public void refill() {
    if (!closed && stock.remainingCapacity() > 0 && refilling.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("key-stock").start(this::fill);
    }
  }

  /** How many pairs are ready. */
  public int ready() {
    return stock.size();
  }

  /** Ends the refilling and forgets the keys that nobody took. */
  @Override
  public void close() {
    closed = true;
    stock.clear();
  }

  private void fill() {
    try {
      while (!closed && stock.offer(maker.get())) {
        if (stock.remainingCapacity() == 0) {
          break;
        }
      }
    } finally {
      refilling.set(false);
    }
    if (closed) {
      stock.clear();
    } else {
      refill();
    }
  }
}

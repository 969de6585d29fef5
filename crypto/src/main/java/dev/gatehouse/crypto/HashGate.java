package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The bulkhead around password hashing: as many at once as there are cores, eight times as many
 * waiting, everyone else refused at once. Without it a burst of sign-ins would claim 19 MiB each
 * and make all of them time out.
 *
 * <p>Hashes run on threads of their own. A virtual thread that computes for 30 ms would hold its
 * carrier all that time and every cheap request behind it; on these the operating system shares the
 * cores out.
 *
 * <p>Imported hashes of other kinds have a lane of their own, of half the cores: they may cost
 * twenty times as much, and the sign-ins of everybody else must not wait behind them. Its threads
 * are no more than four, since scrypt takes up to 64 MiB for each.
 */
public final class HashGate implements PasswordHasher, AutoCloseable {
  /** Gauge: callers waiting for a hash. */
  public static final String QUEUE_LENGTH = "gatehouse_hash_queue_length";

  /** Counter: callers refused because the queue was full. */
  public static final String REFUSED = "gatehouse_hash_refused_total";

  private static final int WAITING_PER_CORE = 8;
  private static final long IDLE_SECONDS = 30;

  private static final int MOST_FOREIGN = 4;

  private final PasswordHasher hasher;
  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor foreign;
  private final Meter meter;

  /**
   * A gate before {@code hasher}; its threads start with the first hash.
   *
   * @param cores how many hash at once
   */
  public HashGate(PasswordHasher hasher, int cores, Meter meter) {
    this.hasher = hasher;
    this.meter = meter;
    this.threads = lane(cores, "hash-");
    this.foreign = lane(Math.clamp(cores / 2, 1, MOST_FOREIGN), "foreign-hash-");
    meter.gauge(QUEUE_LENGTH, this::waiting);
  }

  private static ThreadPoolExecutor lane(int threads, String name) {
    ThreadPoolExecutor lane =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads * WAITING_PER_CORE),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }

  @Override
  public String hash(Secret password) {
    return run(threads, () -> hasher.hash(password));
  }

  @Override
  public boolean verify(Secret password, String phc) {
    return run(ForeignHash.is(phc) ? foreign : threads, () -> hasher.verify(password, phc));
  }

  @Override
  public boolean needsRehash(String phc) {
    return hasher.needsRehash(phc);
  }

  @Override
  public void warmUp() {
    hasher.warmUp();
  }

  /** How many callers wait at this moment. */
  public int waiting() {
    return threads.getQueue().size() + foreign.getQueue().size();
  }

  /** Lets those who hash or wait finish, and takes nobody new. */
  @Override
  public void close() {
    threads.shutdown();
    foreign.shutdown();
  }

  private <T> T run(ThreadPoolExecutor lane, Callable<T> work) {
    Future<T> result;
    try {
      result = lane.submit(work);
    } catch (RejectedExecutionException full) {
      meter.count(REFUSED);
      throw new HashQueueFullException();
    }
    try {
      return result.get();
    } catch (InterruptedException stop) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a hash");
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IllegalStateException("hashing failed", failed);
      }
    }
  }
}

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
 */
public final class HashGate implements PasswordHasher, AutoCloseable {
  /** Gauge: callers waiting for a hash. */
  public static final String QUEUE_LENGTH = "gatehouse_hash_queue_length";

  /** Counter: callers refused because the queue was full. */
  public static final String REFUSED = "gatehouse_hash_refused_total";

  private static final int WAITING_PER_CORE = 8;
  private static final long IDLE_SECONDS = 30;

  private final PasswordHasher hasher;
  private final ThreadPoolExecutor threads;
  private final Meter meter;

  /**
   * A gate before {@code hasher}; its threads start with the first hash.
   *
   * @param cores how many hash at once
   */
  public HashGate(PasswordHasher hasher, int cores, Meter meter) {
    this.hasher = hasher;
    this.meter = meter;
    this.threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(cores * WAITING_PER_CORE),
            Thread.ofPlatform().daemon().name("hash-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    meter.gauge(QUEUE_LENGTH, this::waiting);
  }

  @Override
  public String hash(Secret password) {
    return run(() -> hasher.hash(password));
  }

  @Override
  public boolean verify(Secret password, String phc) {
    return run(() -> hasher.verify(password, phc));
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
    return threads.getQueue().size();
  }

  /** Lets those who hash or wait finish, and takes nobody new. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private <T> T run(Callable<T> work) {
    Future<T> result;
    try {
      result = threads.submit(work);
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

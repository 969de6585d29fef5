package dev.gatehouse.triggers;

import dev.gatehouse.triggers.FunctionInvoker.Ground;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.Functions.Answer.FunctionError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that runs as processes of this machine, as many at once as its concurrency allows. A
 * process is started when a call finds none free (cold start) and used again afterwards.
 */
final class LocalFunction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFunction.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final FunctionName name;
  private final FunctionConfig config;
  private final Ground ground;
  private final Semaphore places;

  /** The one used last comes first, so that the others can be forgotten by the machine. */
  private final Deque<FunctionProcess> free = new ArrayDeque<>();

  private final Set<FunctionProcess> all = new HashSet<>();
  private int crashes;
  private long noStartBefore;
  private FunctionError lastCrash = new FunctionError("Runtime.Unknown", "");
  private boolean closed;

  LocalFunction(FunctionName name, FunctionConfig config, Ground ground) {
    this.name = name;
    this.config = config;
    this.ground = ground;
    this.places = new Semaphore(config.processes(), true);
    this.noStartBefore = System.nanoTime();
  }

  Answer invoke(String arn, byte[] payload, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean admitted = false;
    try {
      admitted = places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return admitted ? invoke(arn, payload, end) : new Answer.Refused("TooManyRequestsException");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Answer.Refused("ServiceException");
    } finally {
      if (admitted) {
        places.release();
      }
    }
  }

  /** A process that ends before it took the invocation is replaced, once. */
  private Answer invoke(String arn, byte[] payload, long end) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      FunctionProcess process = free();
      if (process == null) {
        return lastCrash();
      }
      boolean reused = process.isReady();
      try {
        Optional<FunctionError> failed = process.awaitReady(left(end));
        if (failed.isPresent()) {
          crashed(process, failed.get());
          return failed.get();
        }
      } catch (TimeoutException stillStarting) {
        // it goes on starting, for the next call
        release(process);
        return new Answer.TimedOut();
      }
      Duration own = config.timeout();
      Duration left = left(end);
      Duration time = own.compareTo(left) <= 0 ? own : left;
      Invocation invocation =
          new Invocation(ground.ids().uuid(), arn, payload, ground.clock().now().plus(time));
      process.give(invocation);
      Answer answer = await(process, invocation, time, own.compareTo(left) <= 0);
      boolean lost = answer instanceof FunctionError && !invocation.isTaken();
      if (!lost || !reused || attempt > 1) {
        return answer;
      }
    }
  }

  private Answer await(
      FunctionProcess process, Invocation invocation, Duration time, boolean ownTime)
      throws InterruptedException {
    try {
      Answer answer = invocation.answer().get(time.toNanos(), TimeUnit.NANOSECONDS);
      if (process.isAlive()) {
        succeeded();
        release(process);
      } else if (answer instanceof FunctionError error && invocation.isTaken()) {
        crashed(process, error);
      }
      return answer;
    } catch (TimeoutException late) {
      process.kill();
      forget(process);
      return ownTime
          ? new FunctionError(
              "Sandbox.Timedout",
              "RequestId: %s Error: Task timed out after %.2f seconds"
                  .formatted(invocation.id(), time.toMillis() / 1000.0))
          : new Answer.TimedOut();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** A process nobody else uses; null when a function that crashes has to wait. */
  private synchronized @Nullable FunctionProcess free() {
    Iterator<FunctionProcess> ready = free.stream().filter(FunctionProcess::isReady).iterator();
    FunctionProcess found = ready.hasNext() ? ready.next() : free.peekFirst();
    if (found != null) {
      free.remove(found);
      return found;
    }
    if (closed || System.nanoTime() < noStartBefore) {
      return null;
    }
    try {
      FunctionProcess started = new FunctionProcess(name, config, this::forget);
      all.add(started);
      return started;
    } catch (IOException noSuchProgram) {
      LOG.warn("function {} cannot be started: {}", name.name(), noSuchProgram.getMessage());
      pause(new FunctionError("Runtime.InvalidEntrypoint", "Error: the program cannot be started"));
      return null;
    }
  }

  private synchronized void release(FunctionProcess process) {
    if (all.contains(process) && process.isAlive()) {
      free.addFirst(process);
    }
  }

  private synchronized void forget(FunctionProcess process) {
    free.remove(process);
    all.remove(process);
  }

  private synchronized void succeeded() {
    crashes = 0;
  }

  private synchronized FunctionError lastCrash() {
    return lastCrash;
  }

  private void crashed(FunctionProcess process, FunctionError error) {
    process.kill();
    forget(process);
    synchronized (this) {
      pause(error);
    }
  }

  /** The first restart comes at once; each further one after twice the pause. */
  private void pause(FunctionError error) {
    lastCrash = error;
    if (crashes > 0) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(crashes - 1, 16));
      Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      noStartBefore = System.nanoTime() + bounded.toNanos();
    }
    crashes++;
  }

  @Override
  public void close() {
    Set<FunctionProcess> running;
    synchronized (this) {
      closed = true;
      running = Set.copyOf(all);
    }
    running.forEach(FunctionProcess::close);
  }
}

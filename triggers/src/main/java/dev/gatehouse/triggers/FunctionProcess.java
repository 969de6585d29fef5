package dev.gatehouse.triggers;

import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.Functions.Answer.FunctionError;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a local function, from its start to its end. It takes one invocation at a time: is
 * starting, then waits for one, then has one.
 */
final class FunctionProcess implements RuntimeApi.Callbacks, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionProcess.class);
  private static final Duration INITIALISING = Duration.ofSeconds(10);
  private static final Duration DYING = Duration.ofSeconds(1);
  private static final int SIGNALLED = 128;

  private final String function;
  private final RuntimeApi api;
  private final Process process;
  private final BlockingQueue<Optional<Invocation>> handover = new ArrayBlockingQueue<>(2);

  /** Empty once it waits for an invocation; with the error when it did not get that far. */
  private final CompletableFuture<Optional<FunctionError>> initialised = new CompletableFuture<>();

  private final Consumer<FunctionProcess> ended;
  private volatile @Nullable Invocation current;

  /**
   * Starts it.
   *
   * @param ended is told once when the process has ended, however it did
   * @throws IOException when there is no such program
   */
  FunctionProcess(FunctionName name, FunctionConfig config, Consumer<FunctionProcess> ended)
      throws IOException {
    this.function = name.name();
    this.ended = ended;
    CompletableFuture<ProcessHandle> started = new CompletableFuture<>();
    this.api =
        new RuntimeApi(this, (theirs, ours) -> ConnectionOwners.isOf(started.join(), theirs, ours));
    try {
      this.process = start(name, config);
    } catch (IOException noSuchProgram) {
      started.completeExceptionally(noSuchProgram);
      api.close();
      throw noSuchProgram;
    }
    started.complete(process.toHandle());
    FunctionLog.follow(function, process.getInputStream());
    Thread.ofVirtual().name("watch of function " + function).start(this::watch);
  }

  private Process start(FunctionName name, FunctionConfig config) throws IOException {
    File directory = new File(config.directory() == null ? "." : config.directory());
    ProcessBuilder builder =
        new ProcessBuilder(config.command())
            .directory(directory.getAbsoluteFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(
        FunctionEnvironment.of(name, config, directory.getCanonicalPath(), api.address()));
    Process result = builder.start();
    result.getOutputStream().close();
    return result;
  }

  /** Ends what never gets ready; tells everybody who waits that it has ended. */
  private void watch() {
    try {
      CompletableFuture.anyOf(initialised, process.onExit())
          .get(INITIALISING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn("function {} was not ready after {}", function, INITIALISING);
      initialised.complete(
          Optional.of(
              new FunctionError(
                  "Sandbox.Timedout",
                  "Error: Init timed out after " + INITIALISING.toSeconds() + ".00 seconds")));
      kill();
    } catch (ExecutionException | InterruptedException never) {
      kill();
    }
    int status = waitFor();
    api.close();
    FunctionError error = exit(status);
    initialised.complete(Optional.of(error));
    Invocation lost = current;
    if (lost != null) {
      lost.answer().complete(named(lost.id(), error));
    }
    ended.accept(this);
  }

  private int waitFor() {
    try {
      return process.waitFor();
    } catch (InterruptedException stop) {
      kill();
      return SIGNALLED;
    }
  }

  private static FunctionError exit(int status) {
    return new FunctionError(
        "Runtime.ExitError",
        "Error: "
            + (status == 0
                ? "Runtime exited without providing a reason"
                : status > SIGNALLED
                    ? "Runtime exited with error: signal: " + (status - SIGNALLED)
                    : "Runtime exited with error: exit status " + status));
  }

  private static FunctionError named(String id, FunctionError error) {
    return new FunctionError(error.type(), "RequestId: " + id + " " + error.message());
  }

  boolean isReady() {
    return initialised.isDone();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until it can take an invocation.
   *
   * @return why it never will; empty when it can
   * @throws TimeoutException when it is still starting; it goes on with that
   */
  Optional<FunctionError> awaitReady(Duration most) throws TimeoutException, InterruptedException {
    try {
      return initialised.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Gives it an invocation; its answer comes into {@link Invocation#answer}. */
  void give(Invocation invocation) {
    current = invocation;
    handover.add(Optional.of(invocation));
    if (!process.isAlive()) {
      // it may have ended before it was told
      invocation.answer().complete(exit(0));
    }
  }

  /** Ends it at once, with whatever it has started. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    handover.offer(Optional.empty());
  }

  @Override
  public Optional<Invocation> next() throws InterruptedException {
    initialised.complete(Optional.empty());
    Optional<Invocation> next = handover.take();
    next.ifPresent(invocation -> invocation.taken().complete(null));
    return next;
  }

  @Override
  public boolean answered(String id, Answer answer) {
    Invocation expected = current;
    if (expected == null || !expected.id().equals(id)) {
      return false;
    }
    current = null;
    return expected.answer().complete(answer);
  }

  @Override
  public void initFailed(FunctionError error) {
    initialised.complete(Optional.of(error));
  }

  @Override
  public void close() {
    kill();
    try {
      if (!process.waitFor(DYING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("process {} of function {} does not end", process.pid(), function);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}

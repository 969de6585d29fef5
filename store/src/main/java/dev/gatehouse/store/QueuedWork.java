package dev.gatehouse.store;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A work on its way through the writer thread. The writer fills it in, then {@link #finish} hands
 * it over to the caller who waits.
 */
final class QueuedWork<T extends @Nullable Object> {
  private final Work<T> work;
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Outcome<T> outcome;

  private sealed interface Outcome<T extends @Nullable Object> {
    record Done<T extends @Nullable Object>(T value, List<CommitNews.Change> changes)
        implements Outcome<T> {}

    record Failed<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {}
  }

  QueuedWork(Work<T> work) {
    this.work = work;
  }

  void run(Engine engine, Handle handle) {
    T value = engine.runInside(work, handle);
    outcome = new Outcome.Done<>(value, Engine.changesOf(handle));
  }

  void fail(Throwable failure) {
    outcome = new Outcome.Failed<>(failure);
  }

  void finish() {
    finished.countDown();
  }

  /** Waits to the end even when interrupted: the commit takes place or not, whoever listens. */
  void await() {
    boolean interrupted = false;
    while (true) {
      try {
        finished.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  List<CommitNews.Change> changes() {
    return outcome instanceof Outcome.Done<T> done ? done.changes() : List.of();
  }

  T answer() {
    return switch (outcome) {
      case Outcome.Done<T> done -> done.value();
      case Outcome.Failed<T>(RuntimeException failure) -> throw failure;
      case Outcome.Failed<T>(Error failure) -> throw failure;
      case Outcome.Failed<T>(Throwable failure) ->
          throw new StoreException("the work threw a checked exception", failure);
      case null -> throw new IllegalStateException("the work has not run");
    };
  }
}

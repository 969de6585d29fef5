package dev.gatehouse.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * Tells this process's caches which configuration rows a commit of this process has changed, before
 * the writing call returns, so that a caller never sees less than it wrote.
 */
final class CommitNews {
  private final List<Consumer<List<Change>>> listeners = new CopyOnWriteArrayList<>();

  record Change(String scope, String key) {}

  void subscribe(Consumer<List<Change>> listener) {
    listeners.add(listener);
  }

  void publish(List<Change> changes) {
    if (!changes.isEmpty()) {
      listeners.forEach(listener -> listener.accept(changes));
    }
  }

  /** The changes of the work that is under way, kept at its handle. */
  public static final class Pending implements JdbiConfig<Pending> {
    private List<Change> changes = new ArrayList<>();

    /** Called by JDBI. */
    public Pending() {}

    void add(Change change) {
      changes.add(change);
    }

    void clear() {
      changes.clear();
    }

    List<Change> take() {
      if (changes.isEmpty()) {
        return List.of();
      }
      List<Change> taken = changes;
      changes = new ArrayList<>();
      return taken;
    }

    @Override
    public Pending createCopy() {
      return this;
    }
  }
}

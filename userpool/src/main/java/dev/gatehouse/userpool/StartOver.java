package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Work;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Load, decide, write on condition: a write that states what it relied on may find it changed. Then
 * the whole begins again, a few times (design.md §2).
 */
public final class StartOver {
  private static final int TIMES = 8;

  private StartOver() {}

  /**
   * @param attempt empty when what it relied on had changed
   * @throws Refusal {@code otherwise}, when it keeps changing
   */
  public static <T> T untilDone(Refusal otherwise, Supplier<Optional<T>> attempt) {
    for (int i = 0; i < TIMES; i++) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw otherwise;
  }

  /**
   * A write of several statements that each state what they rely on: all of them are kept, or none.
   *
   * @param work false when something that it relied on had changed
   * @return what {@code work} answered
   */
  public static boolean writeWhole(Database database, Work<Boolean> work) {
    try {
      return database.write(handle -> {
        if (!work.run(handle)) {
          throw new Changed();
        }
        return true;
      });
    } catch (Changed rolledBack) {
      return false;
    }
  }

  /** Rolls a write back. */
  private static final class Changed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Changed() {
      super("what the write relied on has changed", null, false, false);
    }
  }
}

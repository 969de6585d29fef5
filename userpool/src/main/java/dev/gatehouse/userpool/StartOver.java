package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Refusal;
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
}

package dev.gatehouse.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the present thread is inside the work of a {@code Database.write}. Such a work may
 * run twice and on another thread, so it must use its arguments and the transaction only: whatever
 * reads a clock, draws random bytes, hashes, seals, signs, builds JSON or calls the network says so
 * by {@link #outside} and is refused there when the database was opened with {@link Mode#THROW}.
 */
public final class WriteGuard {
  private static final ScopedValue<Mode> INSIDE = ScopedValue.newInstance();

  private WriteGuard() {}

  /** What happens when something forbidden is done inside a write. */
  public enum Mode {
    /** Tests: {@link IllegalStateException}, so that the mistake is found on its first run. */
    THROW,
    /** Production: the rule was proven by the tests; a request is not failed for it. */
    PERMIT
  }

  /** Runs {@code work} as the inside of a write; called by the store only. */
  public static <T extends @Nullable Object> T inside(Mode mode, Supplier<T> work) {
    return ScopedValue.where(INSIDE, mode).call(work::get);
  }

  /** Whether the present thread runs the work of a write. */
  public static boolean isInside() {
    return INSIDE.isBound();
  }

  /**
   * States that the caller is about to do {@code what}, which has no place inside a write.
   *
   * @throws IllegalStateException inside a write of a database opened with {@link Mode#THROW}
   */
  public static void outside(String what) {
    if (INSIDE.isBound() && INSIDE.get() == Mode.THROW) {
      throw new IllegalStateException(
          what + " inside Database.write: do it before, and pass the result to the work");
    }
  }

  /** The same clock, refusing to be read inside a write. */
  public static Clock watching(Clock clock) {
    return () -> {
      outside("reading the clock");
      return clock.now();
    };
  }
}

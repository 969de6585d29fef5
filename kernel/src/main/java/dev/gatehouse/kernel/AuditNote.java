package dev.gatehouse.kernel;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known about a call only while it is handled and belongs into its audit line: the
 * user concerned, and a pool that the call makes. Never attribute values.
 */
public final class AuditNote {
  private static final ScopedValue<AuditNote> CURRENT = ScopedValue.newInstance();

  private @Nullable String sub;
  private @Nullable String poolId;

  /** Runs the handler of the call that this note is for. */
  public <T> T during(Supplier<T> handler) {
    return ScopedValue.where(CURRENT, this).call(handler::get);
  }

  /**
   * Notes the user whom the present call concerns; for code on the request's own thread, so not
   * from within {@code Database.write}. Elsewhere it does nothing.
   */
  public static void user(String sub) {
    if (CURRENT.isBound()) {
      CURRENT.get().sub = sub;
    }
  }

  /** Notes the pool that the present call made; as {@link #user}. */
  public static void pool(String poolId) {
    if (CURRENT.isBound()) {
      CURRENT.get().poolId = poolId;
    }
  }

  /** The pool noted last. */
  public Optional<String> poolId() {
    return Optional.ofNullable(poolId);
  }

  /** The user noted last. */
  public Optional<String> sub() {
    return Optional.ofNullable(sub);
  }
}

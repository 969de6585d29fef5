package dev.gatehouse.kernel;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known about a call only while it is handled and belongs into its audit line: the
 * user concerned. Never attribute values.
 */
public final class AuditNote {
  private static final ScopedValue<AuditNote> CURRENT = ScopedValue.newInstance();

  private @Nullable String sub;

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

  /** The user noted last. */
  public Optional<String> sub() {
    return Optional.ofNullable(sub);
  }
}

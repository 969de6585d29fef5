package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WriteGuard;
import java.util.function.Consumer;

/**
 * What the store needs of its surroundings.
 *
 * @param statements is told the SQL of each statement before it runs; for tests that count
 */
public record StoreContext(
    Clock clock, Meter meter, WriteGuard.Mode guard, Consumer<String> statements) {

  public static StoreContext of(Clock clock, Meter meter) {
    return new StoreContext(clock, meter, WriteGuard.Mode.PERMIT, sql -> {});
  }

  public StoreContext withGuard(WriteGuard.Mode mode) {
    return new StoreContext(clock, meter, mode, statements);
  }

  public StoreContext withStatements(Consumer<String> listener) {
    return new StoreContext(clock, meter, guard, listener);
  }
}

package dev.gatehouse.userpool.broken;

import java.time.Instant;
import java.util.function.Supplier;

/** The same without a call in sight. */
public final class AsksTheMachinesClockByReference {
  private AsksTheMachinesClockByReference() {}

  public static Supplier<Instant> clock() {
    return Instant::now;
  }
}

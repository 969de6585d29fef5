package dev.gatehouse.userpool.broken;

import java.time.Instant;

/** A time that no test can set. */
public final class AsksTheMachinesClock {
  private AsksTheMachinesClock() {}

  public static Instant expires() {
    return Instant.now().plusMillis(System.currentTimeMillis());
  }
}

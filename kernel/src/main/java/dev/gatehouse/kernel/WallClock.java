package dev.gatehouse.kernel;

import java.time.Instant;

/**
 * The machine's time: SigV4 skew, the {@code Date} header, TLS and log stamps. Never moved by a
 * test; see {@link Clock}.
 */
@FunctionalInterface
public interface WallClock {
  Instant now();

  /**
   * The operating system's clock. The only place, with {@link AdjustableClock}, that asks it (an
   * ArchUnit rule).
   */
  static WallClock system() {
    return Instant::now;
  }
}

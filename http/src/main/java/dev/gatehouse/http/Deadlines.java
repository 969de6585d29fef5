package dev.gatehouse.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the reading of headers and bodies that arrive too slowly. The socket's own time-out runs
 * anew with each byte; this one does not, so that a client cannot hold a thread by a byte now and
 * then. Interrupting a virtual thread that reads closes its socket.
 */
final class Deadlines implements AutoCloseable {
  private static final Duration LINGERING = Duration.ofSeconds(1);

  private final long limit;
  private final Map<Thread, Long> endings = new ConcurrentHashMap<>();
  private final Thread sweeper;

  Deadlines(Duration limit) {
    this.limit = limit.toNanos();
    long pause = Math.clamp(limit.toMillis() / 4, 10, 500);
    this.sweeper = Thread.ofVirtual().name("http-deadlines").start(() -> sweep(pause));
  }

  /** This thread begins to read from its client. */
  void begin() {
    begin(limit);
  }

  /** This thread begins to read what is of no more use, for a second at the most. */
  void beginLingering() {
    begin(Math.min(limit, LINGERING.toNanos()));
  }

  private void begin(long nanos) {
    beginUntil(System.nanoTime() + nanos);
  }

  /** This thread begins to read what has to be there at a moment of {@link System#nanoTime}. */
  void beginUntil(long end) {
    endings.put(Thread.currentThread(), end);
  }

  /** This thread has read; nobody interrupts it any more when this returns. */
  void end() {
    endings.remove(Thread.currentThread());
  }

  private void sweep(long pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        // computeIfPresent and remove exclude each other: no interrupt after end()
        endings
            .keySet()
            .forEach(thread ->
                endings.computeIfPresent(
                    thread,
                    (key, end) -> {
                      if (now - end < 0 && key.isAlive()) {
                        return end;
                      }
                      key.interrupt();
                      return null;
                    }));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }
}

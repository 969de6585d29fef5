package dev.gatehouse.store;

import java.time.Duration;

/**
 * Sizes of the store.
 *
 * @param readers connections that read at the same time
 * @param writers connections that write at the same time; PostgreSQL only, SQLite has one writer
 * @param groupSize works that one SQLite transaction takes at most
 * @param queueLength works that may wait for the SQLite writer before callers are held back
 * @param patience how long a caller waits for a connection or a place in the queue
 */
public record StoreConfig(
    int readers, int writers, int groupSize, int queueLength, Duration patience) {
  public StoreConfig {
    if (readers < 1 || writers < 1 || groupSize < 1 || queueLength < 1) {
      throw new IllegalArgumentException("the sizes of the store begin at 1");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be longer than nothing");
    }
  }

  public static StoreConfig defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new StoreConfig(Math.clamp(cores * 2L, 4, 32), 16, 128, 1024, Duration.ofSeconds(20));
  }
}

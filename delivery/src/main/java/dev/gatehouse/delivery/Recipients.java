package dev.gatehouse.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what each recipient gets within a minute on this node, so that nobody's mailbox or phone
 * is flooded through this server. In memory: a restart begins anew.
 */
final class Recipients {
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int COUNTED = 100_000;

  private record Recipient(Medium medium, String address) {}

  private final int limit;
  private final Cache<Recipient, AtomicInteger> counts;

  /**
   * @param limit messages a minute
   * @param ticker the monotonic clock
   */
  Recipients(int limit, Ticker ticker) {
    this.limit = limit;
    this.counts =
        Caffeine.newBuilder().maximumSize(COUNTED).expireAfterWrite(WINDOW).ticker(ticker).build();
  }

  /** Takes one of the messages that the recipient may still get, if there is one. */
  boolean take(Medium medium, String address) {
    AtomicInteger count = counts.get(new Recipient(medium, address), key -> new AtomicInteger());
    return count.getAndUpdate(taken -> Math.min(taken + 1, limit)) < limit;
  }
}

package dev.gatehouse.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** How often something may happen, for each key apart. Keeps the keys that were seen last. */
public final class KeyedLimit {
  private static final int MOST_KEYS = 100_000;

  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(Duration.ofMinutes(2)).build();

  /**
   * A rate.
   *
   * @param perSecond at least 1
   * @param burst at once, after a quiet time; used up it is full again within two minutes
   */
  public record Rate(int perSecond, int burst) {
    public Rate {
      if (perSecond < 1 || burst < 1 || burst > 120 * perSecond) {
        throw new IllegalArgumentException("not a rate: " + perSecond + "/s, burst " + burst);
      }
    }
  }

  public KeyedLimit() {
    this(TimeMeter.SYSTEM_NANOTIME);
  }

  KeyedLimit(TimeMeter time) {
    this.time = time;
  }

  /** Takes one; false when the key has none left. A key always comes with the same rate. */
  public boolean take(String key, Rate rate) {
    return buckets.get(key, unseen -> bucket(rate)).tryConsume(1);
  }

  /** Whether a key has none left; takes nothing. */
  boolean isSpent(String key) {
    Bucket bucket = buckets.getIfPresent(key);
    return bucket != null && bucket.getAvailableTokens() <= 0;
  }

  private Bucket bucket(Rate rate) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit ->
            limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
        .build();
  }
}

package dev.gatehouse.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.http.Cidr.IpBytes;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often one address may call without a signature: 20 a second, 100 at once. The addresses of
 * one IPv6 /64 are one: a client has all of them.
 */
public final class AddressLimit {
  private static final int MOST_ADDRESSES = 100_000;

  private final Rate rate;
  private final Loopbacks loopbacks;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /** Whether calls from this machine are counted. */
  public enum Loopbacks {
    EXEMPT,
    /** Behind a proxy on this machine every client's calls come from here. */
    COUNTED
  }

  /**
   * A rate.
   *
   * @param perSecond calls
   * @param burst calls at once, after a quiet time
   */
  public record Rate(int perSecond, int burst) {
    public static final Rate UNSIGNED = new Rate(20, 100);
  }

  public AddressLimit(Rate rate, Loopbacks loopbacks) {
    this(rate, loopbacks, TimeMeter.SYSTEM_NANOTIME);
  }

  AddressLimit(Rate rate, Loopbacks loopbacks, TimeMeter time) {
    this.rate = rate;
    this.loopbacks = loopbacks;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(
                Duration.ofSeconds(Math.max(60, 2L * rate.burst() / rate.perSecond())))
            .build();
  }

  /** Takes one call; false when the address has none left. */
  public boolean take(String address) {
    if (loopbacks == Loopbacks.EXEMPT && Loopback.isAddress(address)) {
      return true;
    }
    return buckets.get(network(address), key -> bucket()).tryConsume(1);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit ->
            limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
        .build();
  }

  private static String network(String address) {
    try {
      byte[] bytes = IpBytes.of(address).bytes();
      return HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }
}

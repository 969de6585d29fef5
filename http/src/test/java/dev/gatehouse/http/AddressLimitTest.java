package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.AddressLimit.Loopbacks;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final TimeMeter time =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  private static long taken(AddressLimit limit, String address, int tries) {
    return IntStream.range(0, tries).filter(i -> limit.take(address)).count();
  }

  @Test
  void anAddressHasItsBurstThenItsRate() {
    AddressLimit limit =
        new AddressLimit(AddressLimit.UNSIGNED, Loopbacks.EXEMPT, new KeyedLimit(time));
    assertThat(taken(limit, "198.51.100.1", 150)).isEqualTo(100);
    nanos.addAndGet(1_000_000_000L);
    assertThat(taken(limit, "198.51.100.1", 150)).isEqualTo(20);
    assertThat(taken(limit, "198.51.100.2", 150)).as("another one's are its own").isEqualTo(100);
  }

  @Test
  void theAddressesOfOneSubnetShareTheirCalls() {
    AddressLimit limit =
        new AddressLimit(AddressLimit.UNSIGNED, Loopbacks.EXEMPT, new KeyedLimit(time));
    assertThat(taken(limit, "2001:db8::1", 100)).isEqualTo(100);
    assertThat(limit.take("2001:db8::ffff:2")).isFalse();
    assertThat(limit.take("2001:db8:0:1::1")).isTrue();
  }

  @Test
  void thisMachineIsExemptUnlessBehindAProxy() {
    assertThat(
            taken(
                new AddressLimit(AddressLimit.UNSIGNED, Loopbacks.EXEMPT, new KeyedLimit(time)),
                "127.0.0.1",
                500))
        .isEqualTo(500);
    assertThat(
            taken(
                new AddressLimit(AddressLimit.UNSIGNED, Loopbacks.COUNTED, new KeyedLimit(time)),
                "127.0.0.1",
                500))
        .isEqualTo(100);
  }
}

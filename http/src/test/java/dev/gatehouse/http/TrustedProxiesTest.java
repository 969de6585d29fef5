package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.168.7.1", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.5 | 198.51.100.1               | 203.0.113.5", // a stranger's word
        "10.1.2.3    | 198.51.100.1               | 198.51.100.1",
        "10.1.2.3    | 1.1.1.1, 198.51.100.1      | 198.51.100.1", // the left one is the client's
        "10.1.2.3    | 198.51.100.1, 10.9.9.9     | 198.51.100.1",
        "10.1.2.3    | 198.51.100.1:4711          | 198.51.100.1",
        "10.1.2.3    | [2001:db8::1]:4711         | 2001:db8::1",
        "10.1.2.3    | 2001:db8::1                | 2001:db8::1",
        "fd00::9     | 2001:db8::1                | 2001:db8::1",
        "192.168.7.1 | 198.51.100.1               | 198.51.100.1",
        "192.168.7.2 | 198.51.100.1               | 192.168.7.2",
        "10.1.2.3    | unknown                    | 10.1.2.3",
        "10.1.2.3    | 198.51.100.1, evil         | 10.1.2.3",
        "::ffff:10.1.2.3 | 198.51.100.1           | 198.51.100.1",
      })
  void takesTheLastAddressThatATrustedProxySaw(String peer, String header, String client) {
    assertThat(PROXIES.client(peer, List.of(header))).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(PROXIES.client("10.0.0.1", List.of("1.1.1.1", "198.51.100.1, 10.0.0.2")))
        .isEqualTo("198.51.100.1");
    assertThat(PROXIES.client("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "", "/8"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}

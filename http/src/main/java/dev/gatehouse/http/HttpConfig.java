package dev.gatehouse.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener's sizes and times.
 *
 * @param host address to listen on
 * @param port 0 = any free one
 * @param idle how long a client may take between two bytes of a request, and stay connected between
 *     two requests
 * @param reading how long the headers of a request, and its body, may take to arrive
 * @param grace how long running requests may take to end when the server stops
 * @param proxies whose X-Forwarded-For counts
 * @param tls what the server shows itself by; null for plain HTTP
 */
public record HttpConfig(
    String host,
    int port,
    Duration idle,
    Duration reading,
    Duration grace,
    TrustedProxies proxies,
    @Nullable TlsIdentity tls) {
  public HttpConfig {
    if (idle.isNegative() || idle.isZero() || reading.isNegative() || reading.isZero()) {
      throw new IllegalArgumentException("a listener's times are longer than zero");
    }
  }

  public static HttpConfig loopback(int port) {
    return new HttpConfig(
        "127.0.0.1",
        port,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        TrustedProxies.none(),
        null);
  }

  public HttpConfig withHost(String other) {
    return new HttpConfig(other, port, idle, reading, grace, proxies, tls);
  }

  public HttpConfig withProxies(TrustedProxies trusted) {
    return new HttpConfig(host, port, idle, reading, grace, trusted, tls);
  }

  public HttpConfig withTls(TlsIdentity identity) {
    return new HttpConfig(host, port, idle, reading, grace, proxies, identity);
  }

  /** With other time limits for what a client sends. */
  public HttpConfig withTimes(Duration idleTime, Duration readingTime) {
    return new HttpConfig(host, port, idleTime, readingTime, grace, proxies, tls);
  }
}

package dev.gatehouse.http;

import java.time.Duration;

/**
 * A listener's sizes and times.
 *
 * @param host address to listen on
 * @param port 0 = any free one
 * @param idle how long a client may take between two bytes of a request, and stay connected between
 *     two requests
 * @param grace how long running requests may take to end when the server stops
 */
public record HttpConfig(String host, int port, Duration idle, Duration grace) {
  public static HttpConfig loopback(int port) {
    return new HttpConfig("127.0.0.1", port, Duration.ofSeconds(30), Duration.ofSeconds(20));
  }
}

package dev.gatehouse.bench;

import java.time.Duration;

/**
 * How long and how hard to measure.
 *
 * @param warmUp under the same load, before the first run
 * @param runs whose median is told
 * @param run length of one run
 * @param connections keep-alive connections, each with one request on the way at a time
 */
record LoadConfig(Duration warmUp, int runs, Duration run, int connections) {
  LoadConfig {
    if (runs < 1 || connections < 1 || run.isZero() || run.isNegative() || warmUp.isNegative()) {
      throw new IllegalArgumentException("at least one run, one connection and one second");
    }
  }
}

package dev.gatehouse.store;

import dev.gatehouse.kernel.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Keeps what it is told. */
final class RecordingMeter implements Meter {
  final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  final Queue<Double> sizes = new ConcurrentLinkedQueue<>();
  final Map<String, AtomicInteger> timings = new ConcurrentHashMap<>();

  @Override
  public void count(String name, String... labels) {
    counts.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
  }

  @Override
  public void time(String name, Duration elapsed, String... labels) {
    timings.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
  }

  @Override
  public void size(String name, double value, String... labels) {
    sizes.add(value);
  }

  @Override
  public void gauge(String name, DoubleSupplier value) {
    gauges.put(name, value);
  }

  double gaugeOf(String name) {
    return Objects.requireNonNull(gauges.get(name), name).getAsDouble();
  }

  int countOf(String name) {
    return counts.getOrDefault(name, new AtomicInteger()).get();
  }
}

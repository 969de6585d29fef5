package dev.gatehouse.delivery;

import dev.gatehouse.kernel.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** A meter that remembers. */
final class Figures implements Meter {
  private final Map<List<String>, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public void count(String name, String... labels) {
    counts.computeIfAbsent(key(name, labels), key -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void time(String name, Duration elapsed, String... labels) {}

  @Override
  public void size(String name, double value, String... labels) {}

  @Override
  public void gauge(String name, DoubleSupplier value) {
    gauges.put(name, value);
  }

  long messages(Medium medium, String result) {
    AtomicLong count = counts.get(key("messages_total", "medium", medium.name(), "result", result));
    return count == null ? 0 : count.get();
  }

  double gauge(String name) {
    DoubleSupplier gauge = gauges.get(name);
    return gauge == null ? Double.NaN : gauge.getAsDouble();
  }

  /** Everything that could reach a label. */
  String all() {
    return counts.keySet() + " " + gauges.keySet();
  }

  private static List<String> key(String name, String... labels) {
    return List.of((name + "," + String.join(",", labels)).split(","));
  }
}

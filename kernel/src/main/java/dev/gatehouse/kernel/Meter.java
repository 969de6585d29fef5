package dev.gatehouse.kernel;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Port: figures for the operator. Names are Prometheus names without the {@code gatehouse_} prefix;
 * label values come from closed sets (operation names, outcomes, results), never from users or free
 * text.
 */
public interface Meter {
  /** Adds one to a counter. {@code labels} alternate name and value. */
  void count(String name, String... labels);

  /** Records a duration in a histogram. */
  void time(String name, Duration elapsed, String... labels);

  /** Records a size (e.g. works in one commit) in a histogram. */
  void size(String name, double value, String... labels);

  /** Registers a gauge read at scrape time. */
  void gauge(String name, DoubleSupplier value);

  static Meter none() {
    return new Meter() {
      @Override
      public void count(String name, String... labels) {}

      @Override
      public void time(String name, Duration elapsed, String... labels) {}

      @Override
      public void size(String name, double value, String... labels) {}

      @Override
      public void gauge(String name, DoubleSupplier value) {}
    };
  }
}

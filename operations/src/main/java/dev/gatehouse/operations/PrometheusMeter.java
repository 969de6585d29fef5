package dev.gatehouse.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.kernel.Meter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures in Prometheus's text form, under {@code gatehouse_…}, with those of the Java machine. A
 * figure that cannot be kept (other labels than before) is logged and never fails the work it
 * counts.
 */
public final class PrometheusMeter implements Meter, HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusMeter.class);
  private static final String PREFIX = "gatehouse_";

  /** 0.25 ms to 16 s: from a cached read to a sign-in that waited for a hash. */
  private static final double[] SECONDS = powersOfTwo(0.00025, 17);

  private static final double[] SIZES = powersOfTwo(1, 13);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
  private final AtomicBoolean machine = new AtomicBoolean();

  private static double[] powersOfTwo(double first, int count) {
    double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = first * Math.scalb(1.0, i);
    }
    return bounds;
  }

  @Override
  public void count(String name, String... labels) {
    keep(
        name,
        () ->
            counters
                .computeIfAbsent(
                    name,
                    key ->
                        Counter.builder()
                            .name(full(key))
                            .help(key)
                            .labelNames(every(labels, 0))
                            .register(registry))
                .labelValues(every(labels, 1))
                .inc());
  }

  @Override
  public void time(String name, Duration elapsed, String... labels) {
    observe(name, SECONDS, elapsed.toNanos() / 1e9, labels);
  }

  @Override
  public void size(String name, double value, String... labels) {
    observe(name, SIZES, value, labels);
  }

  private void observe(String name, double[] bounds, double value, String... labels) {
    keep(
        name,
        () ->
            histograms
                .computeIfAbsent(
                    name,
                    key ->
                        Histogram.builder()
                            .name(full(key))
                            .help(key)
                            .classicOnly()
                            .classicUpperBounds(bounds)
                            .labelNames(every(labels, 0))
                            .register(registry))
                .labelValues(every(labels, 1))
                .observe(value));
  }

  @Override
  public void gauge(String name, DoubleSupplier value) {
    keep(
        name,
        () ->
            GaugeWithCallback.builder()
                .name(full(name))
                .help(name)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry));
  }

  /** All figures as Prometheus reads them. */
  public String text() {
    // looking into the machine costs memory, which a server that nobody scrapes need not pay
    if (machine.compareAndSet(false, true)) {
      JvmMetrics.builder().register(registry);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(UTF_8);
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    return HttpAnswer.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, text().getBytes(UTF_8));
  }

  private static String full(String name) {
    return name.startsWith(PREFIX) ? name : PREFIX + name;
  }

  private static String[] every(String[] labels, int offset) {
    String[] result = new String[labels.length / 2];
    for (int i = 0; i < result.length; i++) {
      result[i] = labels[2 * i + offset];
    }
    return result;
  }

  private static void keep(String name, Runnable keeping) {
    try {
      keeping.run();
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      LOG.error("figure {} cannot be kept", name, wrong);
    }
  }
}

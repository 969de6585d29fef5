package dev.gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A closed loop: every connection sends its next request when it has the last one's answer. */
final class Load {
  private final LoadConfig config;

  Load(LoadConfig config) {
    this.config = config;
  }

  /** Warm-up, then the runs; the median of them. */
  Figures measure(BuiltServer server, Scenario scenario) throws IOException, InterruptedException {
    List<Connection> connections = new ArrayList<>();
    List<Scenario.Task> tasks = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(config.connections())) {
      for (int i = 0; i < config.connections(); i++) {
        Connection connection = server.connect();
        connections.add(connection);
        tasks.add(scenario.on(connection, i));
      }
      if (!config.warmUp().isZero()) {
        run(server, threads, tasks, config.warmUp());
      }
      List<Figures> runs = new ArrayList<>();
      for (int i = 0; i < config.runs(); i++) {
        runs.add(run(server, threads, tasks, config.run()));
      }
      return Figures.median(runs);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  /** Operations that are under way at the end are waited for and counted. */
  private static Figures run(
      BuiltServer server, ExecutorService threads, List<Scenario.Task> tasks, Duration length)
      throws IOException, InterruptedException {
    ProcessFigures process = server.figures();
    double cpuBefore = process.cpuSeconds();
    long began = System.nanoTime();
    long end = began + length.toNanos();
    List<Future<long[]>> loops = new ArrayList<>();
    for (Scenario.Task task : tasks) {
      loops.add(threads.submit(() -> loop(task, end)));
    }
    List<long[]> latencies = new ArrayList<>();
    for (Future<long[]> loop : loops) {
      latencies.add(result(loop));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpu = process.cpuSeconds() - cpuBefore;
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).toArray();
    return new Figures(
        all.length / seconds,
        Statistics.percentile(50, all) / 1e6,
        Statistics.percentile(99, all) / 1e6,
        cpu * 1e3 / all.length);
  }

  private static long[] loop(Scenario.Task task, long end) throws IOException {
    long[] nanos = new long[1024];
    int count = 0;
    long began = System.nanoTime();
    do {
      task.once();
      long now = System.nanoTime();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = now - began;
      began = now;
    } while (began < end);
    return Arrays.copyOf(nanos, count);
  }

  static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
  }
}

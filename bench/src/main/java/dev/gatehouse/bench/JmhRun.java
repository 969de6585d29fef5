package dev.gatehouse.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every JMH benchmark of this module in one fork. */
final class JmhRun {
  private static final int WARM_UPS = 3;

  private JmhRun() {}

  static void run(int runs, int seconds) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include("dev\\.gatehouse\\.bench\\.jmh\\.")
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(Math.min(seconds, 5)))
                .measurementIterations(runs)
                .measurementTime(TimeValue.seconds(Math.min(seconds, 5)))
                .build())
        .run();
  }
}

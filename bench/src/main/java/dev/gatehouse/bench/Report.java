package dev.gatehouse.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines that a measurement prints. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void heading() {
    out.printf(
        Locale.ROOT,
        "%-34s %10s %9s %9s %9s %9s %7s  %s%n",
        "operation",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "CPU ms",
        "goal ms",
        "ratio",
        "verdict");
  }

  /**
   * @param goal CPU milliseconds at most; null where there is no goal
   */
  void line(String operation, Figures figures, @Nullable Double goal) {
    out.printf(
        Locale.ROOT,
        "%-34s %10.1f %9.2f %9.2f %9.3f %9s %7s  %s%n",
        operation,
        figures.perSecond(),
        figures.p50(),
        figures.p99(),
        figures.cpuMillis(),
        goal == null ? "-" : String.format(Locale.ROOT, "%.3f", goal),
        goal == null ? "-" : String.format(Locale.ROOT, "%.2f", figures.cpuMillis() / goal),
        goal == null ? "no goal" : verdict(figures.cpuMillis() <= goal));
  }

  /** A single figure; {@code reached} says how it stands to its goal. */
  void figure(String name, double figure, String unit, String goal, boolean reached) {
    out.printf(
        Locale.ROOT,
        "%-34s %10.2f %s (goal: %s)  %s%n",
        name,
        figure,
        unit,
        goal,
        verdict(reached));
  }

  void text(String line) {
    out.println(line);
  }

  private static String verdict(boolean reached) {
    return reached ? "reached" : "missed";
  }
}

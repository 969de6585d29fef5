package dev.gatehouse.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run, or the median of several, showed.
 *
 * @param perSecond completed operations
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param cpuMillis the server's CPU time of one completed operation, milliseconds
 */
record Figures(double perSecond, double p50, double p99, double cpuMillis) {
  /** Each figure's median. */
  static Figures median(List<Figures> runs) {
    return new Figures(
        median(runs, Figures::perSecond),
        median(runs, Figures::p50),
        median(runs, Figures::p99),
        median(runs, Figures::cpuMillis));
  }

  private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return Statistics.median(runs.stream().mapToDouble(figure).toArray());
  }
}

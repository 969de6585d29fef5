package dev.gatehouse.bench;

import java.util.Arrays;

/** Medians and percentiles. */
final class Statistics {
  private Statistics() {}

  /**
   * In how many of all pairs of one value of each the second is the greater, equal ones counted
   * half: 0.5 where nothing tells them apart.
   */
  static double shareOfGreater(long[] first, long[] second) {
    long[] sorted = first.clone();
    Arrays.sort(sorted);
    double below = 0;
    for (long value : second) {
      below += (countBelow(sorted, value) + countBelow(sorted, value + 1)) / 2.0;
    }
    return below / first.length / second.length;
  }

  private static int countBelow(long[] sorted, long value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The middle value; of an even number of values the mean of the two in the middle.
   *
   * @throws IllegalArgumentException for no values
   */
  static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values, no median");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The smallest value that at least {@code percent} percent of the values do not exceed (nearest
   * rank).
   *
   * @param percent above 0, at most 100
   * @throws IllegalArgumentException for no values or another percent
   */
  static long percentile(double percent, long... values) {
    if (values.length == 0 || !(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percentile " + percent + " of " + values.length);
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
  }
}

package dev.gatehouse.model;

import java.util.List;

/**
 * How many elements a list or map, or bytes a blob, may have.
 *
 * @param max {@link Integer#MAX_VALUE} where there is none
 */
public record SizeRule(int min, int max, Echo echo) {
  /** Any size. */
  public static final SizeRule SHOWN = new SizeRule(0, Integer.MAX_VALUE, Echo.SHOWN);

  /** Any size, of something sensitive. */
  public static final SizeRule HIDDEN = new SizeRule(0, Integer.MAX_VALUE, Echo.HIDDEN);

  List<String> broken(int size) {
    if (size > max) {
      return List.of(atMost(max));
    }
    return size < min ? List.of(atLeast(min)) : List.of();
  }

  static String atMost(int max) {
    return "Member must have length less than or equal to " + max;
  }

  static String atLeast(int min) {
    return "Member must have length greater than or equal to " + min;
  }
}

package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The range of a number, ends included.
 *
 * @param min {@link Long#MIN_VALUE} where there is none
 * @param max {@link Long#MAX_VALUE} where there is none
 */
public record NumberRule(long min, long max, Echo echo) implements Rule<Number> {
  @Override
  public List<String> broken(Number value) {
    if (value.longValue() > max) {
      return List.of(atMost());
    }
    return value.longValue() < min ? List.of(atLeast()) : List.of();
  }

  @Override
  public List<String> all() {
    List<String> phrases = new ArrayList<>();
    if (max < Long.MAX_VALUE) {
      phrases.add(atMost());
    }
    if (min > Long.MIN_VALUE) {
      phrases.add(atLeast());
    }
    return phrases;
  }

  private String atMost() {
    return "Member must have value less than or equal to " + max;
  }

  private String atLeast() {
    return "Member must have value greater than or equal to " + min;
  }
}

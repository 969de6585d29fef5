package dev.gatehouse.model;

import java.util.List;

/**
 * The constraints of one shape.
 *
 * @param <T> values of the shape
 */
public sealed interface Rule<T> permits TextRule, NumberRule, EnumRule, AnyRule {
  /** For elements without constraints. */
  AnyRule SHOWN = new AnyRule(Echo.SHOWN);

  /** For sensitive elements without constraints. */
  AnyRule HIDDEN = new AnyRule(Echo.HIDDEN);

  /** The phrases of the constraints that the value does not keep. */
  List<String> broken(T value);

  /** The phrases of all constraints, as AWS lists them for elements of lists and maps. */
  List<String> all();

  Echo echo();
}

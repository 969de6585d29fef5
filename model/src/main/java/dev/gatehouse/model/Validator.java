package dev.gatehouse.model;

import java.util.List;

/**
 * The constraints that the model puts on a request. Runs before any look-up (protocol.md §3.1).
 *
 * @param <I> the request
 */
@FunctionalInterface
public interface Validator<I> {
  /** Empty when the request keeps all constraints; at most {@link Checks#MOST}. */
  List<Violation> validate(I request);

  /** From the generated check of a record. */
  static <I> Validator<I> of(Checks.Check<I> check) {
    return request -> {
      Checks checks = new Checks();
      check.check(request, At.ROOT, checks);
      return checks.violations();
    };
  }

  /** For a request without constraints. */
  static <I> Validator<I> nothing() {
    return request -> List.of();
  }
}

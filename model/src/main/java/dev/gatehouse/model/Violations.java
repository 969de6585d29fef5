package dev.gatehouse.model;

import java.util.List;
import java.util.stream.Collectors;

/** AWS's text for violated constraints (protocol.md §3.1). */
public final class Violations {
  private Violations() {}

  /** All violations in one message; may be long, for it repeats values of the request. */
  public static String message(List<Violation> violations) {
    return violations.size()
        + (violations.size() == 1
            ? " validation error detected: "
            : " validation errors detected: ")
        + violations.stream().map(Violation::text).collect(Collectors.joining("; "));
  }
}

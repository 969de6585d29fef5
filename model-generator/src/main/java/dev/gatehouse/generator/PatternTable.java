package dev.gatehouse.generator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which patterns are matched by hand instead of by a backtracking engine. A pattern that {@link
 * PatternRisk} finds super-linear and that has no matcher here fails the build: a refreshed Smithy
 * file cannot bring a denial of service with it.
 */
final class PatternTable {
  private static final String OPEN = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
  private static final String VISIBLE = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

  /** Pattern to constant of {@code dev.gatehouse.model.ByHand}. */
  private static final Map<String, String> BY_HAND =
      Map.of(
          "^" + OPEN + "\\{####\\}" + OPEN + "$",
          "CODE_MESSAGE",
          "^" + OPEN + "\\{##" + OPEN + "##\\}" + OPEN + "$",
          "LINK_MESSAGE",
          "^.*\\{####\\}.*$",
          "CODE_LINE",
          "^" + VISIBLE + "@" + VISIBLE + "$",
          "EMAIL_ADDRESS",
          "^[\\S]+.*[\\S]+$",
          "NO_BLANK_AT_THE_ENDS",
          "^((/[A-Za-z0-9\\.,\\+@=_-]+)*)/$",
          "POLICY_PATH");

  private final Map<String, Optional<String>> decided = new HashMap<>();

  Optional<String> byHand(String pattern) {
    return decided.computeIfAbsent(pattern, PatternTable::decide);
  }

  private static Optional<String> decide(String pattern) {
    Optional<String> matcher = Optional.ofNullable(BY_HAND.get(pattern));
    Optional<String> risk = PatternRisk.of(pattern);
    if (risk.isPresent() && matcher.isEmpty()) {
      throw new IllegalStateException(
          pattern + ": " + risk.get() + "; write a linear matcher (ByHand) and list it here");
    }
    return matcher;
  }
}

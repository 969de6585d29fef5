package dev.gatehouse.userpool.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sure a sign-in is of its user (new-2026.md §2.1).
 *
 * @param level 1 to 4; 0 = not known
 * @param methods {@code amr}: values of RFC 8176
 * @param proofs what was shown, as {@code auth} names it
 */
public record Assurance(int level, List<String> methods, List<String> proofs) {
  public static final Assurance UNKNOWN = new Assurance(0, List.of(), List.of());

  public Assurance {
    methods = List.copyOf(methods);
    proofs = List.copyOf(proofs);
  }

  /** As the family's row holds it. */
  String text() {
    return level + "|" + String.join(" ", methods) + "|" + String.join(" ", proofs);
  }

  /**
   * @param text null in a row that is older than the column
   */
  static Assurance of(@Nullable String text) {
    if (text == null) {
      return UNKNOWN;
    }
    String[] parts = text.split("\\|", -1);
    return new Assurance(Integer.parseInt(parts[0]), words(parts[1]), words(parts[2]));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}

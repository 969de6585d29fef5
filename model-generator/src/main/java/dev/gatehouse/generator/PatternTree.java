package dev.gatehouse.generator;

import java.util.BitSet;
import java.util.List;

/** A regular expression, as far as the Smithy files use them. */
sealed interface PatternTree {
  int OPEN = Integer.MAX_VALUE;

  /**
   * One character.
   *
   * @param set the UTF-16 units below U+3000 that one character of the pattern accepts
   */
  record Chars(BitSet set) implements PatternTree {}

  record Sequence(List<PatternTree> parts) implements PatternTree {}

  record Choice(List<PatternTree> options) implements PatternTree {}

  record Repeat(PatternTree part, int min, int max) implements PatternTree {
    boolean isOpen() {
      return max == OPEN;
    }

    /** At most once: not a loop. */
    boolean isSingle() {
      return max <= 1;
    }
  }
}

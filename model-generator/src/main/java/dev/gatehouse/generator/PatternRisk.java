package dev.gatehouse.generator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a backtracking engine can need more than linear time on a pattern. Errs on the safe
 * side: an open loop inside a loop, or two open loops between which the engine can choose the
 * boundary in many places.
 */
final class PatternRisk {
  /**
   * An open loop over single characters, with the characters that must follow or precede it inside
   * the part of the pattern looked at so far.
   */
  private record Loop(BitSet chars, List<BitSet> before, List<BitSet> after) {}

  private PatternRisk() {}

  static Optional<String> of(String pattern) {
    PatternTree tree = PatternParser.parse(pattern);
    try {
      loops(tree);
      return Optional.empty();
    } catch (SuperLinear e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private static final class SuperLinear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SuperLinear(String message) {
      super(message);
    }
  }

  private static List<Loop> loops(PatternTree tree) {
    return switch (tree) {
      case PatternTree.Chars chars -> List.of();
      case PatternTree.Choice choice ->
          choice.options().stream().flatMap(option -> loops(option).stream()).toList();
      case PatternTree.Repeat repeat -> loops(repeat);
      case PatternTree.Sequence sequence -> loops(sequence);
    };
  }

  private static List<Loop> loops(PatternTree.Repeat repeat) {
    List<Loop> inner = loops(repeat.part());
    if (repeat.isSingle()) {
      return inner;
    }
    if (!inner.isEmpty()) {
      throw new SuperLinear("nested repetition");
    }
    if (!repeat.isOpen()) {
      return List.of();
    }
    if (!(repeat.part() instanceof PatternTree.Chars chars)) {
      throw new SuperLinear("open repetition of a group");
    }
    return List.of(new Loop(chars.set(), List.of(), List.of()));
  }

  private static List<Loop> loops(PatternTree.Sequence sequence) {
    List<Loop> open = new ArrayList<>();
    List<BitSet> sinceStart = new ArrayList<>();
    for (PatternTree part : sequence.parts()) {
      List<Loop> here = loops(part);
      for (Loop first : open) {
        for (Loop second : here) {
          refuseIfAmbiguous(first, second);
        }
      }
      List<BitSet> needed = needed(part);
      List<Loop> extended = new ArrayList<>();
      for (Loop loop : open) {
        extended.add(new Loop(loop.chars, loop.before, joined(loop.after, needed)));
      }
      for (Loop loop : here) {
        extended.add(new Loop(loop.chars, joined(sinceStart, loop.before), loop.after));
      }
      open = extended;
      sinceStart.addAll(needed);
    }
    return open;
  }

  /**
   * With a needed character between them that one of the two loops cannot run over, the boundary is
   * where that character is; with none, only disjoint loops are safe.
   */
  private static void refuseIfAmbiguous(Loop first, Loop second) {
    List<BitSet> between = joined(first.after, second.before);
    boolean separated =
        between.isEmpty()
            ? !first.chars.intersects(second.chars)
            : between.stream()
                .anyMatch(set -> !set.intersects(first.chars) || !set.intersects(second.chars));
    if (!separated) {
      throw new SuperLinear("two open repetitions without a boundary");
    }
  }

  /** The characters that a part must consume, one set each; loops and choices promise none. */
  private static List<BitSet> needed(PatternTree part) {
    return switch (part) {
      case PatternTree.Chars chars -> List.of(chars.set());
      case PatternTree.Sequence sequence ->
          sequence.parts().stream().flatMap(inner -> needed(inner).stream()).toList();
      case PatternTree.Choice choice -> List.of();
      case PatternTree.Repeat repeat ->
          repeat.min() > 0 && !repeat.isOpen() ? needed(repeat.part()) : List.of();
    };
  }

  private static List<BitSet> joined(List<BitSet> one, List<BitSet> two) {
    List<BitSet> all = new ArrayList<>(one);
    all.addAll(two);
    return all;
  }
}

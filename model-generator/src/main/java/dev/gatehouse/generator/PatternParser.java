package dev.gatehouse.generator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a regular expression by recursive descent; refuses what it does not know. */
final class PatternParser {
  private static final int SAMPLE = 0x3000;

  private final String text;
  private int at;
  private String flags = "";

  private PatternParser(String text) {
    this.text = text;
  }

  static PatternTree parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    PatternTree tree = parser.choice();
    if (parser.at < pattern.length()) {
      throw parser.unknown();
    }
    return tree;
  }

  private PatternTree choice() {
    List<PatternTree> options = new ArrayList<>(List.of(sequence()));
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    return options.size() == 1 ? options.getFirst() : new PatternTree.Choice(options);
  }

  private PatternTree sequence() {
    List<PatternTree> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      char c = text.charAt(at);
      if (c == '^' || c == '$') {
        at++;
      } else if (text.startsWith("(?s)", at)) {
        flags = "(?s)";
        at += 4;
      } else if (text.startsWith("(?<!", at)) {
        // looks at a character that was matched already: adds no repetition
        at = text.indexOf(')', at) + 1;
      } else {
        parts.add(quantified(atom()));
      }
    }
    return new PatternTree.Sequence(parts);
  }

  private PatternTree atom() {
    char c = text.charAt(at);
    if (c == '(') {
      at += text.startsWith("(?:", at) ? 3 : 1;
      if (text.charAt(at) == '?') {
        throw unknown();
      }
      PatternTree inner = choice();
      at++;
      return inner;
    }
    int end = c == '[' ? endOfClass() : c == '\\' ? endOfEscape(at) : at + 1;
    String token = text.substring(at, end);
    at = end;
    return new PatternTree.Chars(accepted(flags + token));
  }

  private int endOfClass() {
    int i = at + 1;
    while (text.charAt(i) != ']') {
      i = text.charAt(i) == '\\' ? endOfEscape(i) : i + 1;
    }
    return i + 1;
  }

  private int endOfEscape(int start) {
    return switch (text.charAt(start + 1)) {
      case 'p', 'P' -> text.indexOf('}', start) + 1;
      case 'u' -> start + 6;
      case 'x' -> start + 4;
      default -> start + 2;
    };
  }

  private PatternTree quantified(PatternTree part) {
    if (at >= text.length()) {
      return part;
    }
    return switch (text.charAt(at)) {
      case '*' -> repeat(part, 0, PatternTree.OPEN);
      case '+' -> repeat(part, 1, PatternTree.OPEN);
      case '?' -> repeat(part, 0, 1);
      case '{' -> counted(part);
      default -> part;
    };
  }

  private PatternTree repeat(PatternTree part, int min, int max) {
    at++;
    return new PatternTree.Repeat(part, min, max);
  }

  private PatternTree counted(PatternTree part) {
    int end = text.indexOf('}', at);
    String inside = text.substring(at + 1, end);
    at = end + 1;
    int comma = inside.indexOf(',');
    if (comma < 0) {
      int times = Integer.parseInt(inside);
      return new PatternTree.Repeat(part, times, times);
    }
    String max = inside.substring(comma + 1);
    return new PatternTree.Repeat(
        part,
        Integer.parseInt(inside.substring(0, comma)),
        max.isEmpty() ? PatternTree.OPEN : Integer.parseInt(max));
  }

  private static BitSet accepted(String token) {
    Predicate<String> accepts = Pattern.compile(token).asMatchPredicate();
    BitSet set = new BitSet(SAMPLE);
    for (int c = 0; c < SAMPLE; c++) {
      if (accepts.test(String.valueOf((char) c))) {
        set.set(c);
      }
    }
    return set;
  }

  private IllegalStateException unknown() {
    return new IllegalStateException("cannot judge the pattern " + text + " from position " + at);
  }
}

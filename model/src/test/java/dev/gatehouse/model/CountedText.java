package dev.gatehouse.model;

/** Counts how often a matcher looks at a character, and stops it when it has looked too often. */
final class CountedText implements CharSequence {
  private final CharSequence text;
  private final long budget;
  private long steps;

  CountedText(CharSequence text, long budget) {
    this.text = text;
    this.budget = budget;
  }

  long steps() {
    return steps;
  }

  @Override
  public char charAt(int index) {
    if (++steps > budget) {
      throw new AssertionError("looked at more than " + budget + " characters");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  /** Counts on: the part shares the counter. */
  @Override
  public CharSequence subSequence(int start, int end) {
    CountedText whole = this;
    return new CharSequence() {
      @Override
      public char charAt(int index) {
        return whole.charAt(start + index);
      }

      @Override
      public int length() {
        return end - start;
      }

      @Override
      public CharSequence subSequence(int from, int to) {
        return whole.subSequence(start + from, start + to);
      }

      @Override
      public String toString() {
        return whole.toString().substring(start, end);
      }
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

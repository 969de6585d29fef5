package dev.gatehouse.model;

/** The answer of an operation whose model has no output: an empty body. */
public record NoAnswer() {
  public static final NoAnswer INSTANCE = new NoAnswer();
}

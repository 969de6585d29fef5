package dev.gatehouse.model;

/** The answer of an operation without an output shape: an empty body. */
public record NoOutput() {
  public static final NoOutput NOTHING = new NoOutput();
}

package dev.gatehouse.userpool.broken;

/** State that nobody owns. */
public final class KeepsState {
  private static int calls;

  private KeepsState() {}

  public static int called() {
    calls++;
    return calls;
  }
}

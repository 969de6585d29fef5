package dev.gatehouse.crypto;

/** Run in a JVM of its own by {@link PrimitivesTest}. */
final class PrintChoice {
  private PrintChoice() {}

  public static void main(String[] args) {
    Primitives.choose().describe().forEach(System.out::println);
  }
}

package dev.gatehouse.userpool.broken;

import java.util.Random;

/** A code that who saw a few others can foretell. */
public final class GuessableNumbers {
  private GuessableNumbers() {}

  public static int code(long seed) {
    return new Random(seed).nextInt(1_000_000);
  }
}

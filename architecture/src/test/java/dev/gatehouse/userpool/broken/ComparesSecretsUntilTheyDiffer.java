package dev.gatehouse.userpool.broken;

import java.util.Arrays;

/** Its time tells how many bytes were right. */
public final class ComparesSecretsUntilTheyDiffer {
  private ComparesSecretsUntilTheyDiffer() {}

  public static boolean same(byte[] expected, byte[] presented) {
    return Arrays.equals(expected, presented);
  }
}

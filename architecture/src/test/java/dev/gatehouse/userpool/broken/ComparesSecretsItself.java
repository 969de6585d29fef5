package dev.gatehouse.userpool.broken;

import java.security.MessageDigest;

/** Constant in time, but a second place to get it right. */
public final class ComparesSecretsItself {
  private ComparesSecretsItself() {}

  public static boolean same(byte[] expected, byte[] presented) {
    return MessageDigest.isEqual(expected, presented);
  }
}

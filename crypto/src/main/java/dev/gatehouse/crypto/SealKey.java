package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Secret;

/**
 * An AES-256 key with the number by which a sealed text names it.
 *
 * @param id unique among the keys of one ring
 * @param key 32 bytes
 */
public record SealKey(int id, Secret key) {
  private static final int BYTES = 32;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the key has not 32 bytes
   */
  public SealKey {
    if (key.bytes().length != BYTES) {
      throw new IllegalArgumentException("a sealing key has 32 bytes");
    }
  }
}

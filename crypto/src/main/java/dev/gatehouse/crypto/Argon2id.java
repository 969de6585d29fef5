package dev.gatehouse.crypto;

/**
 * Argon2id version 0x13 (RFC 9106), without secret value and associated data. Implementations are
 * safe for use by many threads and give the same bytes.
 */
public interface Argon2id {
  /**
   * Computes the tag.
   *
   * @param salt 8 to 64 bytes
   * @param length of the tag in bytes, 16 to 64
   */
  byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters, int length);

  /** For the log line at start, e.g. {@code libsodium 1.0.18}. */
  String name();
}

package dev.gatehouse.jose;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 7515 §2), in its one canonical spelling. */
final class Base64Url {
  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Empty unless {@code text} is exactly what encoding would give. Java's decoder ignores the
   * unused bits of the last character, so that one signature would have several spellings; whoever
   * keeps used or revoked tokens by their text must not be fooled by that.
   */
  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** An unsigned number in as few bytes as it needs (RFC 7518 §2, Base64urlUInt). */
  static String encode(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return encode(
        bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}

package dev.gatehouse.crypto;

import java.math.BigInteger;

/**
 * Exponentiation modulo the N of one {@link SrpGroup}. Exponents are secret: an implementation that
 * can keeps its time and its memory accesses independent of their bits. Safe for use by many
 * threads.
 */
public interface ModExp {
  /**
   * {@code base^exponent mod N}.
   *
   * @param base of [0, N)
   * @param exponent not negative
   */
  BigInteger power(BigInteger base, BigInteger exponent);

  /** For the log line at start, e.g. {@code OpenSSL 3.0.19}. */
  String name();
}

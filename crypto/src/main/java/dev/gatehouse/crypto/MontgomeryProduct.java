package dev.gatehouse.crypto;

import java.math.BigInteger;

/**
 * A product that grows factor by factor, modulo one N and in one Montgomery form. Factors are below
 * N, their 64-bit words lowest first. For one computation on one thread; closing forgets it.
 */
interface MontgomeryProduct extends AutoCloseable {
  /** Begins with this factor. */
  void begin(long[] factor);

  /** Goes on with another. */
  void multiply(long[] factor);

  /** The product, out of Montgomery form, of [0, N). */
  BigInteger end();

  @Override
  void close();
}

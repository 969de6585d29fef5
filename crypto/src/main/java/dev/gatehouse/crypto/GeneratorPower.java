package dev.gatehouse.crypto;

import java.math.BigInteger;

/**
 * Powers of the generator g of one {@link SrpGroup}: g^b of every SRP answer and g^x of every new
 * verifier. The base never changes, so a table of its powers can do most of the work beforehand.
 * Safe for use by many threads.
 */
public interface GeneratorPower {
  /**
   * {@code g^exponent mod N}.
   *
   * @param exponent not negative; secret
   */
  BigInteger power(BigInteger exponent);

  /** Makes the following calls faster, if there is anything to prepare; may take 0.1 s. */
  void warmUp();

  /** For the log line at start. */
  String name();
}

package dev.gatehouse.crypto;

import java.math.BigInteger;

/**
 * Multiplication modulo N in Montgomery form, x·R mod N with R = 2^(64·words) (Montgomery 1985). On
 * {@code BigInteger} it takes two thirds of the time of multiplying and dividing.
 */
final class Montgomery {
  private final BigInteger n;
  private final int bits;
  private final BigInteger mask;
  private final BigInteger minusInverse;

  /**
   * Prepares the modulus.
   *
   * @param words of 64 bits in R; one more than N needs allows products that are not fully reduced
   */
  Montgomery(BigInteger n, int words) {
    BigInteger r = BigInteger.ONE.shiftLeft(words * Long.SIZE);
    this.n = n;
    this.bits = words * Long.SIZE;
    this.mask = r.subtract(BigInteger.ONE);
    this.minusInverse = r.subtract(n.modInverse(r));
  }

  /** x·R mod N. */
  BigInteger of(BigInteger x) {
    return x.shiftLeft(bits).mod(n);
  }

  /**
   * a·b·R^-1, congruent modulo N and below 2 N if 4 N &lt; R and both factors are below 2 N. It
   * does not compare, so that its time shows less.
   */
  BigInteger multiply(BigInteger a, BigInteger b) {
    return reduce(a.multiply(b));
  }

  /** x·R^-1 of [0, N): out of Montgomery form. */
  BigInteger leave(BigInteger x) {
    return reduce(x).mod(n);
  }

  private BigInteger reduce(BigInteger x) {
    BigInteger m = x.and(mask).multiply(minusInverse).and(mask);
    return m.multiply(n).add(x).shiftRight(bits);
  }
}

package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/** {@link MontgomeryProduct} in pure Java. */
final class BigIntegerProduct implements MontgomeryProduct {
  private final Montgomery montgomery;
  private BigInteger product = BigInteger.ZERO;

  BigIntegerProduct(Montgomery montgomery) {
    this.montgomery = montgomery;
  }

  @Override
  public void begin(long[] factor) {
    product = number(factor);
  }

  @Override
  public void multiply(long[] factor) {
    product = montgomery.multiply(product, number(factor));
  }

  @Override
  public BigInteger end() {
    return montgomery.leave(product);
  }

  @Override
  public void close() {
    product = BigInteger.ZERO;
  }

  private static BigInteger number(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    for (int word = words.length - 1; word >= 0; word--) {
      bytes.putLong(words[word]);
    }
    return new BigInteger(1, bytes.array());
  }
}

package dev.gatehouse.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One group's modulus in libcrypto, and the scratch numbers to reckon with. Scratch is pooled, not
 * kept per thread (there are as many virtual threads as requests); since nothing waits while it
 * holds one, there are never more than threads of the machine, and they live as long as the
 * process.
 */
final class OpenSslGroup {
  private final SrpGroup group;
  private final MemorySegment modulus;
  private final MemorySegment montgomery;
  private final ConcurrentLinkedDeque<Scratch> pool = new ConcurrentLinkedDeque<>();

  /**
   * Loads libcrypto.
   *
   * @throws LinkageError if it is not there
   */
  OpenSslGroup(SrpGroup group) {
    this.group = group;
    this.modulus = LibCrypto.newNumber();
    Scratch first = new Scratch();
    first.load(modulus, group.n());
    this.montgomery = LibCrypto.newMontgomery(modulus, first.context);
    pool.push(first);
  }

  SrpGroup group() {
    return group;
  }

  Scratch borrow() {
    @Nullable Scratch free = pool.poll();
    return free != null ? free : new Scratch();
  }

  /** Numbers to reckon with, for one computation at a time; closing wipes them. */
  final class Scratch implements MontgomeryProduct {
    private final MemorySegment context = LibCrypto.newContext();
    private final MemorySegment result = LibCrypto.newNumber();
    private final MemorySegment operand = LibCrypto.newNumber();
    private final MemorySegment exponent = LibCrypto.newNumber();
    private final int size = group.bytes();
    private final MemorySegment bytes = Arena.global().allocate(size, Long.BYTES);

    private Scratch() {}

    /** {@code base^exponent mod N}. */
    BigInteger power(BigInteger base, BigInteger secretExponent) {
      load(operand, base);
      load(exponent, secretExponent);
      LibCrypto.power(result, operand, exponent, modulus, context, montgomery);
      return take();
    }

    @Override
    public void begin(long[] factor) {
      load(result, factor);
    }

    @Override
    public void multiply(long[] factor) {
      load(operand, factor);
      LibCrypto.multiply(result, result, operand, montgomery, context);
    }

    @Override
    public BigInteger end() {
      LibCrypto.fromMontgomery(result, result, montgomery, context);
      return take();
    }

    @Override
    public void close() {
      LibCrypto.clear(result);
      LibCrypto.clear(operand);
      LibCrypto.clear(exponent);
      bytes.fill((byte) 0);
      pool.push(this);
    }

    private void load(MemorySegment number, long[] words) {
      MemorySegment.copy(words, 0, bytes, ValueLayout.JAVA_LONG, 0, words.length);
      LibCrypto.setLittleEndian(number, bytes, words.length * Long.BYTES);
    }

    private void load(MemorySegment number, BigInteger value) {
      byte[] big = value.toByteArray();
      int skip = big.length > size ? 1 : 0;
      if (value.signum() < 0 || big.length - skip > size) {
        throw new IllegalArgumentException("a number outside the group");
      }
      MemorySegment.copy(big, skip, bytes, ValueLayout.JAVA_BYTE, 0, big.length - skip);
      LibCrypto.set(number, bytes, big.length - skip);
    }

    private BigInteger take() {
      LibCrypto.get(result, bytes, size);
      return new BigInteger(1, bytes.toArray(ValueLayout.JAVA_BYTE));
    }
  }
}

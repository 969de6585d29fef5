package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * g^(d·16^i) for every digit d and every place i of a 256-bit exponent, so that a power of g is a
 * product of 64 entries and needs no squaring (Brickell, Gordon, McCurley, Wilson 1992).
 *
 * <p>A look-up reads every entry of its row and keeps one by masks. An index into the table would
 * show the digit by the cache lines that it touches.
 */
final class GeneratorTable {
  static final int DIGIT_BITS = 4;
  static final int DIGITS = 1 << DIGIT_BITS;
  static final int PLACES = 256 / DIGIT_BITS;

  private final int words;
  private final long[] entries;

  /**
   * Reckons the table.
   *
   * @param form what the entries are stored as, e.g. their Montgomery form
   */
  GeneratorTable(SrpGroup group, UnaryOperator<BigInteger> form) {
    this.words = (group.bytes() + Long.BYTES - 1) / Long.BYTES;
    this.entries = new long[PLACES * DIGITS * words];
    BigInteger base = group.g();
    for (int place = 0; place < PLACES; place++) {
      BigInteger entry = BigInteger.ONE;
      for (int digit = 0; digit < DIGITS; digit++) {
        store(form.apply(entry), (place * DIGITS + digit) * words);
        entry = entry.multiply(base).mod(group.n());
      }
      base = entry;
    }
  }

  /** Whether the table reaches that far; b and x do. */
  static boolean holds(BigInteger exponent) {
    return exponent.bitLength() <= PLACES * DIGIT_BITS;
  }

  /** The exponent's digits, lowest first. */
  static byte[] digits(BigInteger exponent) {
    byte[] bytes = exponent.toByteArray();
    byte[] digits = new byte[PLACES];
    int low = (1 << DIGIT_BITS) - 1;
    for (int place = 0; place < PLACES; place++) {
      int at = bytes.length - 1 - place / 2;
      if (at >= 0) {
        digits[place] = (byte) ((bytes[at] >> (place % 2 * DIGIT_BITS)) & low);
      }
    }
    Arrays.fill(bytes, (byte) 0);
    return digits;
  }

  int words() {
    return words;
  }

  /** {@code into} := the entry of this place and digit; every entry of the place is read. */
  void select(int place, int digit, long[] into) {
    Arrays.fill(into, 0);
    for (int candidate = 0; candidate < DIGITS; candidate++) {
      // all ones when candidate = digit, else zero, without a branch
      long mask = ((long) (candidate ^ digit) - 1) >> (Long.SIZE - 1);
      int from = (place * DIGITS + candidate) * words;
      for (int word = 0; word < words; word++) {
        into[word] |= entries[from + word] & mask;
      }
    }
  }

  private void store(BigInteger value, int at) {
    BigInteger rest = value;
    for (int word = 0; word < words; word++) {
      entries[at + word] = rest.longValue();
      rest = rest.shiftRight(Long.SIZE);
    }
  }
}

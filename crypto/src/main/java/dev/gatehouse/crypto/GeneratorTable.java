package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * g^(d·32^i) in Montgomery form for every digit d and every place i of a 256-bit exponent, so that
 * a power of g is a product of 52 entries and needs no squaring (Brickell, Gordon, McCurley, Wilson
 * 1992). 624 KiB: with wider digits, reading the rows costs more than the multiplications saved.
 *
 * <p>A look-up reads every entry of its row and keeps one by masks. An index into the table would
 * show the digit by the cache lines that it touches.
 */
final class GeneratorTable {
  static final int DIGIT_BITS = 5;
  static final int DIGITS = 1 << DIGIT_BITS;
  static final int EXPONENT_BITS = 256;
  static final int PLACES = (EXPONENT_BITS + DIGIT_BITS - 1) / DIGIT_BITS;

  private final int words;
  private final long[] entries;

  /** Reckons the table; 15 ms, several times that in a process that has just started. */
  GeneratorTable(SrpGroup group, Montgomery montgomery) {
    this.words = group.words();
    this.entries = new long[PLACES * DIGITS * words];
    BigInteger one = montgomery.of(BigInteger.ONE);
    BigInteger base = montgomery.of(group.g());
    for (int place = 0; place < PLACES; place++) {
      BigInteger entry = one;
      for (int digit = 0; digit < DIGITS; digit++) {
        store(entry, (place * DIGITS + digit) * words);
        BigInteger next = montgomery.multiply(entry, base);
        entry = next.compareTo(group.n()) >= 0 ? next.subtract(group.n()) : next;
      }
      base = entry;
    }
  }

  /** Whether the table reaches that far; b and x do. */
  static boolean holds(BigInteger exponent) {
    return exponent.bitLength() <= EXPONENT_BITS;
  }

  /** The exponent's digits, lowest first. */
  static byte[] digits(BigInteger exponent) {
    byte[] bytes = exponent.toByteArray();
    byte[] digits = new byte[PLACES];
    for (int bit = 0; bit < EXPONENT_BITS; bit++) {
      int at = bytes.length - 1 - bit / Byte.SIZE;
      if (at >= 0) {
        int value = (bytes[at] >> (bit % Byte.SIZE)) & 1;
        digits[bit / DIGIT_BITS] |= (byte) (value << (bit % DIGIT_BITS));
      }
    }
    Arrays.fill(bytes, (byte) 0);
    return digits;
  }

  /** The words of one entry. */
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
    byte[] bytes = value.toByteArray();
    for (int i = 0; i < bytes.length && i < words * Long.BYTES; i++) {
      long octet = bytes[bytes.length - 1 - i] & 0xffL;
      entries[at + i / Long.BYTES] |= octet << (i % Long.BYTES * Byte.SIZE);
    }
  }
}

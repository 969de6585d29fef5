package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Powers of g from the table, multiplied with {@code BigInteger}. */
final class TableGeneratorPower implements GeneratorPower {
  private final SrpGroup group;
  private final GeneratorTable table;
  private final GeneratorPower others;

  TableGeneratorPower(SrpGroup group, ModExp modExp) {
    this.group = group;
    this.table = new GeneratorTable(group, entry -> entry);
    this.others = new PlainGeneratorPower(group, modExp);
  }

  @Override
  public BigInteger power(BigInteger exponent) {
    if (!GeneratorTable.holds(exponent)) {
      return others.power(exponent);
    }
    byte[] digits = GeneratorTable.digits(exponent);
    long[] entry = new long[table.words()];
    BigInteger product = BigInteger.ONE;
    for (int place = 0; place < GeneratorTable.PLACES; place++) {
      table.select(place, digits[place], entry);
      product = product.multiply(number(entry)).mod(group.n());
    }
    Arrays.fill(digits, (byte) 0);
    return product;
  }

  @Override
  public String name() {
    return "BigInteger, fixed-base table";
  }

  private static BigInteger number(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    for (int word = words.length - 1; word >= 0; word--) {
      bytes.putLong(words[word]);
    }
    return new BigInteger(1, bytes.array());
  }
}

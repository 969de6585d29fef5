package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** Powers of g from the table, multiplied with OpenSSL's {@code BN_mod_mul_montgomery}. */
final class OpenSslGeneratorPower implements GeneratorPower {
  private final OpenSslGroup openSsl;
  private final GeneratorTable table;
  private final GeneratorPower others;

  OpenSslGeneratorPower(OpenSslGroup openSsl, ModExp modExp) {
    SrpGroup group = openSsl.group();
    int wordBits = (group.bytes() + Long.BYTES - 1) / Long.BYTES * Long.SIZE;
    this.openSsl = openSsl;
    this.table = new GeneratorTable(group, entry -> entry.shiftLeft(wordBits).mod(group.n()));
    this.others = new PlainGeneratorPower(group, modExp);
  }

  @Override
  public BigInteger power(BigInteger exponent) {
    if (!GeneratorTable.holds(exponent)) {
      return others.power(exponent);
    }
    byte[] digits = GeneratorTable.digits(exponent);
    long[] entry = new long[table.words()];
    try (OpenSslGroup.Scratch scratch = openSsl.borrow()) {
      table.select(0, digits[0], entry);
      scratch.begin(entry);
      for (int place = 1; place < GeneratorTable.PLACES; place++) {
        table.select(place, digits[place], entry);
        scratch.multiply(entry);
      }
      return scratch.end();
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(entry, 0);
    }
  }

  @Override
  public String name() {
    return LibCrypto.version() + ", fixed-base table";
  }
}

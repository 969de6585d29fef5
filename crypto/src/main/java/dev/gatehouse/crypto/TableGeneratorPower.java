package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Powers of g from a {@link GeneratorTable}. Until {@link #warmUp} has reckoned the table, and for
 * exponents beyond 256 bits, by exponentiation.
 */
final class TableGeneratorPower implements GeneratorPower {
  private final SrpGroup group;
  private final Montgomery montgomery;
  private final Supplier<MontgomeryProduct> products;
  private final GeneratorPower others;
  private final String name;
  private volatile @Nullable GeneratorTable table;

  private TableGeneratorPower(
      SrpGroup group,
      Montgomery montgomery,
      Supplier<MontgomeryProduct> products,
      ModExp modExp,
      String name) {
    this.group = group;
    this.montgomery = montgomery;
    this.products = products;
    this.others = new PlainGeneratorPower(group, modExp);
    this.name = name;
  }

  static TableGeneratorPower pureJava(SrpGroup group, ModExp modExp) {
    Montgomery montgomery = new Montgomery(group.n(), group.words() + 1);
    return new TableGeneratorPower(
        group,
        montgomery,
        () -> new BigIntegerProduct(montgomery),
        modExp,
        "BigInteger, fixed-base table");
  }

  static TableGeneratorPower openSsl(OpenSslGroup openSsl, ModExp modExp) {
    SrpGroup group = openSsl.group();
    return new TableGeneratorPower(
        group,
        new Montgomery(group.n(), group.words()),
        openSsl::borrow,
        modExp,
        LibCrypto.version() + ", fixed-base table");
  }

  @Override
  public BigInteger power(BigInteger exponent) {
    @Nullable GeneratorTable ready = table;
    return ready != null && GeneratorTable.holds(exponent)
        ? power(ready, exponent)
        : others.power(exponent);
  }

  private BigInteger power(GeneratorTable ready, BigInteger exponent) {
    byte[] digits = GeneratorTable.digits(exponent);
    long[] entry = new long[ready.words()];
    try (MontgomeryProduct product = products.get()) {
      ready.select(0, digits[0], entry);
      product.begin(entry);
      for (int place = 1; place < GeneratorTable.PLACES; place++) {
        ready.select(place, digits[place], entry);
        product.multiply(entry);
      }
      return product.end();
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(entry, 0);
    }
  }

  @Override
  public void warmUp() {
    if (table == null) {
      table = new GeneratorTable(group, montgomery);
    }
  }

  @Override
  public String name() {
    return name;
  }
}

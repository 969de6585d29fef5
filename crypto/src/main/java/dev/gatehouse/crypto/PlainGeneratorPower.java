package dev.gatehouse.crypto;

import java.math.BigInteger;

/** Without a table: an exponentiation like any other. */
public final class PlainGeneratorPower implements GeneratorPower {
  private final SrpGroup group;
  private final ModExp modExp;

  public PlainGeneratorPower(SrpGroup group, ModExp modExp) {
    this.group = group;
    this.modExp = modExp;
  }

  @Override
  public BigInteger power(BigInteger exponent) {
    return modExp.power(group.g(), exponent);
  }

  @Override
  public void warmUp() {}

  @Override
  public String name() {
    return modExp.name() + ", no table";
  }
}

package dev.gatehouse.crypto;

import java.math.BigInteger;

/**
 * Pure Java; always there. Its time depends a little on the exponent's bits; every exponent of SRP
 * is used once, which leaves nothing to average over.
 */
public final class BigIntegerModExp implements ModExp {
  private final SrpGroup group;

  public BigIntegerModExp(SrpGroup group) {
    this.group = group;
  }

  @Override
  public BigInteger power(BigInteger base, BigInteger exponent) {
    return base.modPow(exponent, group.n());
  }

  @Override
  public String name() {
    return "BigInteger";
  }
}

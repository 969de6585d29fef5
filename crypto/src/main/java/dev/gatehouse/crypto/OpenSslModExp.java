package dev.gatehouse.crypto;

import java.math.BigInteger;

/** OpenSSL's {@code BN_mod_exp_mont_consttime}: a third faster than Java, and constant in time. */
final class OpenSslModExp implements ModExp {
  private final OpenSslGroup openSsl;
  private final String name;

  OpenSslModExp(OpenSslGroup openSsl) {
    this.openSsl = openSsl;
    this.name = LibCrypto.version() + ", constant time";
  }

  @Override
  public BigInteger power(BigInteger base, BigInteger exponent) {
    try (OpenSslGroup.Scratch scratch = openSsl.borrow()) {
      return scratch.power(base, exponent);
    }
  }

  @Override
  public String name() {
    return name;
  }
}

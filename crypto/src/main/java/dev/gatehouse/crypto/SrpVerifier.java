package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;

/**
 * v = g^x, what the server keeps instead of the password. Whoever has it can try passwords at
 * leisure: it is sealed at rest and never printed.
 */
public final class SrpVerifier {
  private static final int SEED_BITS_TO_SPARE = 16;

  private final BigInteger v;

  private SrpVerifier(BigInteger v) {
    this.v = v;
  }

  static SrpVerifier of(BigInteger v) {
    return new SrpVerifier(v);
  }

  /**
   * From its stored bytes or from those that a client sent at ConfirmDevice.
   *
   * @throws IllegalArgumentException if the number is not of [1, N)
   */
  public static SrpVerifier of(Secret bytes) {
    BigInteger v = new BigInteger(1, bytes.bytes());
    if (v.signum() == 0 || v.compareTo(SrpGroup.RFC_5054_3072.n()) >= 0) {
      throw new IllegalArgumentException("an SRP verifier lies between 1 and N");
    }
    return new SrpVerifier(v);
  }

  /**
   * A verifier that belongs to no password, always the same for a seed: for names that do not
   * exist, so that they are reckoned with like any other (design.md: an unknown name is a user that
   * never succeeds).
   *
   * @param seed at least 16 secret bytes, derived from the name
   */
  public static SrpVerifier decoy(byte[] seed) {
    byte[] wide =
        Hkdf.sha256(
            seed,
            new byte[0],
            "gatehouse decoy verifier".getBytes(US_ASCII),
            SrpGroup.RFC_5054_3072.bytes() + SEED_BITS_TO_SPARE / 8);
    BigInteger below = SrpGroup.RFC_5054_3072.n().subtract(BigInteger.ONE);
    return new SrpVerifier(new BigInteger(1, wide).mod(below).add(BigInteger.ONE));
  }

  BigInteger value() {
    return v;
  }

  /** The number's pad() bytes, to be sealed. */
  public Secret bytes() {
    return Secret.of(Srp6a.pad(v));
  }

  @Override
  public String toString() {
    return "[srp verifier]";
  }
}

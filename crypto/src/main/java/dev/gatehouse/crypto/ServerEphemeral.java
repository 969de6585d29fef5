package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;

/**
 * The server's half of one SRP exchange: the secret b, kept sealed in SECRET_BLOCK until the answer
 * comes, and the public B.
 *
 * @param b the secret exponent, big-endian
 * @param publicB B, of [1, N)
 */
public record ServerEphemeral(Secret b, BigInteger publicB) {
  /** From what a sealed flow state held. */
  public static ServerEphemeral of(Secret b, byte[] publicB) {
    return new ServerEphemeral(b, new BigInteger(1, publicB));
  }

  /** SRP_B as the challenge carries it. */
  public String hex() {
    return publicB.toString(16);
  }

  /** B's pad() bytes, for the sealed flow state. */
  public byte[] publicBytes() {
    return Srp6a.pad(publicB);
  }
}

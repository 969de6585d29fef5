package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The client's side of SRP-6a, for tests and for programs that sign in (the testkit, the load
 * program). Unless told otherwise it reckons with {@code BigInteger} alone, so that it judges the
 * server's arithmetic instead of sharing it. One object is one sign-in.
 */
public final class SrpClient {
  private static final int A_BYTES = 128;

  private final ModExp modExp;
  private final BigInteger a;
  private final BigInteger publicA;

  /**
   * With a given secret, as a test vector needs it.
   *
   * @param a the secret exponent
   */
  public SrpClient(BigInteger a) {
    this(a, new BigIntegerModExp(SrpGroup.RFC_5054_3072));
  }

  /**
   * With a given secret and the given arithmetic, for a load program that shares the machine with
   * the server it measures.
   *
   * @param a the secret exponent
   */
  public SrpClient(BigInteger a, ModExp modExp) {
    this.modExp = modExp;
    this.a = a;
    this.publicA = modExp.power(SrpGroup.RFC_5054_3072.g(), a);
  }

  /** With a random a of 1,024 bits, as the clients in use have it. */
  public static SrpClient random(SecureRandom random) {
    byte[] bytes = new byte[A_BYTES];
    random.nextBytes(bytes);
    return new SrpClient(new BigInteger(1, bytes));
  }

  /** SRP_A. */
  public String hexA() {
    return publicA.toString(16);
  }

  BigInteger publicA() {
    return publicA;
  }

  /** S = (B − k·g^x)^(a + u·x) mod N. */
  BigInteger s(SrpIdentity identity, Secret password, BigInteger salt, BigInteger publicB) {
    BigInteger n = SrpGroup.RFC_5054_3072.n();
    BigInteger x = Srp6a.x(identity, salt.toByteArray(), password);
    BigInteger u = Srp6a.u(publicA, publicB);
    BigInteger gX = modExp.power(SrpGroup.RFC_5054_3072.g(), x);
    BigInteger base = publicB.subtract(Srp6a.K.multiply(gX)).mod(n);
    return modExp.power(base, a.add(u.multiply(x)));
  }

  /** The key of step 8, 16 bytes. */
  Secret sessionKey(SrpIdentity identity, Secret password, String saltHex, String srpB) {
    BigInteger publicB = new BigInteger(srpB, 16);
    BigInteger s = s(identity, password, new BigInteger(saltHex, 16), publicB);
    return Srp6a.key(Srp6a.u(publicA, publicB), s);
  }

  /** PASSWORD_CLAIM_SIGNATURE for this challenge. */
  public String signature(
      SrpIdentity identity, Secret password, Challenge challenge, String timestamp) {
    return Srp6a.signature(
        sessionKey(identity, password, challenge.salt(), challenge.srpB()),
        identity,
        Base64.getDecoder().decode(challenge.secretBlock()),
        timestamp);
  }

  /**
   * The members of ChallengeParameters that enter the arithmetic.
   *
   * @param salt SALT, hexadecimal
   * @param srpB SRP_B, hexadecimal
   * @param secretBlock SECRET_BLOCK, base64
   */
  public record Challenge(String salt, String srpB, String secretBlock) {}
}

package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of SRP-6a as Cognito's clients speak it (RFC 5054 with SHA-256, pad() of Java's
 * two's complement and a key of their own), in numbered steps. First round: 1, 4, 5. Second: 6 to
 * 9.
 *
 * <p>A name that does not exist goes the same road with {@link SrpVerifier#decoy} and a decoy salt.
 */
public final class Srp6a {
  private static final SrpGroup GROUP = SrpGroup.RFC_5054_3072;
  private static final BigInteger N = GROUP.n();
  private static final byte[] INFO = "Caldera Derived Key".getBytes(US_ASCII);
  private static final int KEY_BYTES = 16;
  private static final int EPHEMERAL_BYTES = 32;

  /** A of 384 bytes, a sign byte, and a few zeros that some client may put before it. */
  private static final int MAX_HEX_DIGITS = 1024;

  /** k = H(pad(N) ‖ pad(g)) (RFC 5054 §2.5.3, with Cognito's pad). */
  static final BigInteger K = new BigInteger(1, hash(pad(N), pad(GROUP.g())));

  private final ModExp modExp;
  private final GeneratorPower generator;
  private final SecureRandom random;
  private final WorkCounter counter;

  public Srp6a(ModExp modExp, GeneratorPower generator, SecureRandom random, WorkCounter counter) {
    this.modExp = modExp;
    this.generator = generator;
    this.random = random;
    this.counter = counter;
  }

  /**
   * pad(n): big-endian, with a zero byte before a first byte that has its top bit set (auth.md §4).
   */
  static byte[] pad(BigInteger n) {
    return n.toByteArray();
  }

  /**
   * Step 1: reads SRP_A, which may be of odd length and unpadded. Empty when it is not hexadecimal,
   * or when A mod N = 0 or A ≥ N: such an A would fix the session key without the password (RFC
   * 5054 §2.5.4).
   */
  public static Optional<BigInteger> parseA(String srpA) {
    if (srpA.isEmpty() || srpA.length() > MAX_HEX_DIGITS || !srpA.chars().allMatch(Srp6a::isHex)) {
      return Optional.empty();
    }
    BigInteger a = new BigInteger(srpA, 16);
    return a.signum() == 0 || a.compareTo(N) >= 0 ? Optional.empty() : Optional.of(a);
  }

  private static boolean isHex(int c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  /** SALT as the challenge carries it: the salt as a number, which is how clients hash it. */
  public static String saltHex(byte[] salt) {
    return new BigInteger(1, salt).toString(16);
  }

  /**
   * Step 2: x = H(pad(salt) ‖ H(poolName + userId + ":" + password)).
   *
   * @param salt any bytes, taken as a number (leading zeros do not count)
   */
  static BigInteger x(SrpIdentity identity, byte[] salt, Secret password) {
    byte[] name = (identity.poolName() + identity.userId() + ":").getBytes(UTF_8);
    byte[] inner = hash(name, password.bytes());
    return new BigInteger(1, hash(pad(new BigInteger(1, salt)), inner));
  }

  /** Step 3: v = g^x, made when the password is set; a new user id needs a new one. */
  public SrpVerifier verifier(SrpIdentity identity, byte[] salt, Secret password) {
    counter.add(Work.GENERATOR_POWER);
    return SrpVerifier.of(generator.power(x(identity, salt, password)));
  }

  /** Step 4: b of 256 random bits. */
  private Secret newB() {
    byte[] b = new byte[EPHEMERAL_BYTES];
    random.nextBytes(b);
    return Secret.of(b);
  }

  /** Steps 4 and 5 with a fresh b. */
  public ServerEphemeral newEphemeral(SrpVerifier verifier) {
    return ephemeral(newB(), verifier);
  }

  /** Step 5: B = k·v + g^b mod N. */
  ServerEphemeral ephemeral(Secret b, SrpVerifier verifier) {
    counter.add(Work.GENERATOR_POWER);
    BigInteger gB = generator.power(number(b));
    return new ServerEphemeral(b, K.multiply(verifier.value()).add(gB).mod(N));
  }

  /** Step 6: u = H(pad(A) ‖ pad(B)). */
  static BigInteger u(BigInteger a, BigInteger publicB) {
    return new BigInteger(1, hash(pad(a), pad(publicB)));
  }

  /** Step 7: S = (A·v^u)^b. */
  BigInteger s(BigInteger a, BigInteger u, ServerEphemeral ephemeral, SrpVerifier verifier) {
    counter.add(Work.EXPONENTIATION);
    BigInteger vU = modExp.power(verifier.value(), u);
    counter.add(Work.EXPONENTIATION);
    return modExp.power(a.multiply(vU).mod(N), number(ephemeral.b()));
  }

  /**
   * Step 8: the key, HKDF-SHA256(salt = pad(u), ikm = pad(S), info = "Caldera Derived Key"), first
   * 16 bytes.
   */
  static Secret key(BigInteger u, BigInteger s) {
    return Secret.of(Hkdf.sha256(pad(s), pad(u), INFO, KEY_BYTES));
  }

  /**
   * Step 9: Base64(HMAC-SHA256(key, poolName ‖ userId ‖ secret block ‖ TIMESTAMP)).
   *
   * @param secretBlock the bytes of SECRET_BLOCK, decoded from base64
   * @param timestamp the text as the client sent it
   */
  static String signature(Secret key, SrpIdentity identity, byte[] secretBlock, String timestamp) {
    return Base64.getEncoder()
        .encodeToString(
            Hmac.sha256(
                key.bytes(),
                identity.poolName().getBytes(UTF_8),
                identity.userId().getBytes(UTF_8),
                secretBlock,
                timestamp.getBytes(UTF_8)));
  }

  /** Steps 6 to 8: the key that the client has too if it knows the password. */
  public Secret sessionKey(BigInteger a, ServerEphemeral ephemeral, SrpVerifier verifier) {
    BigInteger u = u(a, ephemeral.publicB());
    return key(u, s(a, u, ephemeral, verifier));
  }

  /**
   * Steps 6 to 9: whether PASSWORD_CLAIM_SIGNATURE is right, compared in constant time. The same
   * two exponentiations are done whatever the answer.
   *
   * @param a from {@link #parseA}, kept since the first round
   */
  public boolean verify(
      BigInteger a, ServerEphemeral ephemeral, SrpVerifier verifier, PasswordClaim claim) {
    Secret key = sessionKey(a, ephemeral, verifier);
    String right = signature(key, claim.identity(), claim.secretBlockBytes(), claim.timestamp());
    return ConstantTime.equal(right.getBytes(UTF_8), claim.signature().getBytes(UTF_8));
  }

  /**
   * What a client claims in the second round.
   *
   * @param secretBlock PASSWORD_CLAIM_SECRET_BLOCK, base64 as it was sent
   * @param timestamp TIMESTAMP, its text untouched; judge its time with {@link SrpTimestamp}
   * @param signature PASSWORD_CLAIM_SIGNATURE, base64
   */
  public record PasswordClaim(
      SrpIdentity identity, String secretBlock, String timestamp, String signature) {
    /**
     * Checks the block, which the server has opened before it comes here.
     *
     * @throws IllegalArgumentException if the block is not base64
     */
    public PasswordClaim {
      Base64.getDecoder().decode(secretBlock);
    }

    byte[] secretBlockBytes() {
      return Base64.getDecoder().decode(secretBlock);
    }
  }

  private static BigInteger number(Secret bytes) {
    return new BigInteger(1, bytes.bytes());
  }

  private static byte[] hash(byte[] first, byte[] second) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(first);
      return sha256.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.gatehouse.bench;

import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.SigningKey;
import dev.gatehouse.jose.TokenSigner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/**
 * What no implementation can leave out, in CPU milliseconds of one thread with the server's own
 * providers and exponents of 256 bits.
 *
 * @param generatorPower g^b
 * @param exponentiation of an arbitrary base
 * @param signature RS256
 * @param hash Argon2id with the parameters in force
 * @param providers one line each
 */
record Arithmetic(
    double generatorPower,
    double exponentiation,
    double signature,
    double hash,
    List<String> providers) {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 300_000_000L;
  private static final int BITS = 256;

  /** With what this machine's server chooses. Takes some ten seconds. */
  static Arithmetic measure() {
    return measure(Primitives.choose(), Rs256.choose());
  }

  /** With what every machine has. */
  static Arithmetic measurePureJava() {
    return measure(Primitives.pureJava(), Rs256.jdk());
  }

  private static Arithmetic measure(Primitives primitives, Rs256 rs256) {
    primitives.warmUp();
    SecureRandom random = new SecureRandom();
    BigInteger base = new BigInteger(3000, random);
    SigningKey key = rs256.generate();
    TokenSigner signer = new TokenSigner(rs256, new WorkTally());
    Claims claims = Claims.builder().put("sub", "somebody").build();
    byte[] password = "P@ssw0rd-1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    List<String> names = new java.util.ArrayList<>(primitives.describe());
    names.add("RS256: " + rs256.name());
    return new Arithmetic(
        cost(() -> primitives.generator().power(exponent(random))),
        cost(() -> primitives.modExp().power(base, exponent(random))),
        cost(() -> signer.sign(key, claims)),
        cost(() ->
            primitives.argon2id().derive(password, new byte[16], Argon2Parameters.DEFAULT, 32)),
        names);
  }

  private static BigInteger exponent(SecureRandom random) {
    return new BigInteger(BITS, random).setBit(BITS - 1);
  }

  @FunctionalInterface
  private interface Once {
    Object run();
  }

  /** The median of some rounds; the first ones warm the code up and are not looked at. */
  private static double cost(Once once) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] millis = new double[ROUNDS];
    long sink = 0;
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long began = threads.getCurrentThreadCpuTime();
      long spent;
      int count = 0;
      do {
        sink += once.run().hashCode();
        count++;
        spent = threads.getCurrentThreadCpuTime() - began;
      } while (spent < ROUND_NANOS);
      if (round >= 0) {
        millis[round] = spent / 1e6 / count;
      }
    }
    if (sink == Long.MIN_VALUE) { // keeps the results from being optimized away
      throw new IllegalStateException("unreachable in practice");
    }
    return Statistics.median(millis);
  }

  /** Of an SRP sign-in: g^b, two exponentiations, two signatures. */
  double srpSignIn() {
    return generatorPower + 2 * exponentiation + 2 * signature;
  }

  /** Of a sign-in with the clear password: a hash, two signatures. */
  double passwordSignIn() {
    return hash + 2 * signature;
  }

  /** Of a sign-up: a hash, a verifier. */
  double signUp() {
    return hash + generatorPower;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "g^b %.3f ms, exponentiation %.3f ms, RS256 signature %.3f ms, Argon2id hash %.2f ms",
        generatorPower,
        exponentiation,
        signature,
        hash);
  }
}

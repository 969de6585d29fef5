package dev.gatehouse.crypto;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The implementations chosen for this process, once, at start.
 *
 * @param argon2id for {@link Argon2PasswordHasher}
 * @param modExp for {@link Srp6a}
 * @param generator for {@link Srp6a}
 */
public record Primitives(Argon2id argon2id, ModExp modExp, GeneratorPower generator) {
  private static final SrpGroup GROUP = SrpGroup.RFC_5054_3072;

  /** Pure Java, which works everywhere. */
  public static Primitives pureJava() {
    ModExp modExp = new BigIntegerModExp(GROUP);
    return new Primitives(
        new BouncyCastleArgon2id(), modExp, TableGeneratorPower.pureJava(GROUP, modExp));
  }

  /**
   * The fastest that this machine has: for Argon2id libsodium, else libargon2, else Bouncy Castle;
   * for SRP OpenSSL 3, else {@code BigInteger}. A JVM that is not allowed native access gets the
   * pure-Java forms.
   */
  public static Primitives choose() {
    Argon2id argon2id =
        Primitives.<Argon2id>tried(SodiumArgon2id::new)
            .or(() -> tried(ReferenceArgon2id::new))
            .orElseGet(BouncyCastleArgon2id::new);
    return tried(() -> openSsl(argon2id))
        .orElseGet(() -> {
          Primitives pure = pureJava();
          return new Primitives(argon2id, pure.modExp(), pure.generator());
        });
  }

  private static Primitives openSsl(Argon2id argon2id) {
    OpenSslGroup openSsl = new OpenSslGroup(GROUP);
    ModExp modExp = new OpenSslModExp(openSsl);
    return new Primitives(argon2id, modExp, TableGeneratorPower.openSsl(openSsl, modExp));
  }

  /** Empty when the library is not there. */
  private static <T> Optional<T> tried(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (LinkageError notThere) {
      return Optional.empty();
    }
  }

  /**
   * Does once what would make the first sign-ins slow: reckons the table of the generator's powers
   * and runs each primitive. Takes 0.2 to 0.5 s of one core; everything works before it has run,
   * too.
   */
  public void warmUp() {
    generator.warmUp();
    generator.power(BigInteger.TWO);
    modExp.power(BigInteger.TWO, BigInteger.TWO);
    argon2id.derive(new byte[16], new byte[16], Argon2Parameters.DEFAULT, 32);
  }

  /** One line for each choice, to be logged at start. */
  public List<String> describe() {
    return List.of(
        "Argon2id: " + argon2id.name(),
        "SRP exponentiation: " + modExp.name(),
        "SRP generator powers: " + generator.name());
  }
}

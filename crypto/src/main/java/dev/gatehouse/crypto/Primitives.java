package dev.gatehouse.crypto;

import java.util.List;

/**
 * The implementations chosen for this process, made once at start.
 *
 * @param argon2id for {@link Argon2PasswordHasher}
 * @param modExp for {@link Srp6a}
 * @param generator for {@link Srp6a}
 */
public record Primitives(Argon2id argon2id, ModExp modExp, GeneratorPower generator) {
  /** Pure Java, wherever it runs. */
  public static Primitives pureJava() {
    ModExp modExp = new BigIntegerModExp(SrpGroup.RFC_5054_3072);
    return new Primitives(
        new BouncyCastleArgon2id(),
        modExp,
        new PlainGeneratorPower(SrpGroup.RFC_5054_3072, modExp));
  }

  /** The best that this machine has. */
  public static Primitives choose() {
    return pureJava();
  }

  /** One line for each choice, to be logged at start. */
  public List<String> describe() {
    return List.of(
        "Argon2id: " + argon2id.name(),
        "SRP exponentiation: " + modExp.name(),
        "SRP generator powers: " + generator.name());
  }
}

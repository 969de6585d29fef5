package dev.gatehouse.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** Pure Java; always there. */
public final class BouncyCastleArgon2id implements Argon2id {
  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memoryKib())
            .withIterations(parameters.iterations())
            .withParallelism(parameters.parallelism())
            .withSalt(salt)
            .build());
    byte[] tag = new byte[length];
    generator.generateBytes(password, tag);
    return tag;
  }

  @Override
  public String name() {
    return "Bouncy Castle";
  }
}

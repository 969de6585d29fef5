package dev.gatehouse.crypto;

import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * {@link PasswordHasher} over one {@link Argon2id} implementation; computes on the caller's thread.
 */
public final class Argon2PasswordHasher implements PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  private final Argon2id argon2id;
  private final Argon2Parameters parameters;
  private final SecureRandom random;
  private final WorkCounter counter;

  public Argon2PasswordHasher(
      Argon2id argon2id, Argon2Parameters parameters, SecureRandom random, WorkCounter counter) {
    this.argon2id = argon2id;
    this.parameters = parameters;
    this.random = random;
    this.counter = counter;
  }

  @Override
  public String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Argon2Hash(parameters, salt, derive(password, salt, parameters, TAG_BYTES)).phc();
  }

  @Override
  public boolean verify(Secret password, String phc) {
    if (ForeignHash.is(phc)) {
      return verifyForeign(password, phc);
    }
    Argon2Hash stored = parse(phc);
    byte[] tag = derive(password, stored.salt, stored.parameters, stored.tag.length);
    return ConstantTime.equal(stored.tag, tag);
  }

  private boolean verifyForeign(Secret password, String stored) {
    ForeignHash hash = ForeignHash.parse(stored).orElseThrow(Argon2PasswordHasher::unknown);
    counter.add(Work.PASSWORD_HASH);
    byte[] bytes = password.bytes();
    try {
      return hash.matches(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public boolean needsRehash(String phc) {
    if (ForeignHash.is(phc)) {
      return true;
    }
    Argon2Hash stored = parse(phc);
    return !stored.parameters.equals(parameters)
        || stored.salt.length != SALT_BYTES
        || stored.tag.length != TAG_BYTES;
  }

  @Override
  public void warmUp() {
    argon2id.derive(new byte[TAG_BYTES], new byte[SALT_BYTES], parameters, TAG_BYTES);
  }

  private byte[] derive(Secret password, byte[] salt, Argon2Parameters cost, int length) {
    counter.add(Work.PASSWORD_HASH);
    byte[] bytes = password.bytes();
    try {
      return argon2id.derive(bytes, salt, cost, length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Argon2Hash parse(String phc) {
    return Argon2Hash.parse(phc).orElseThrow(Argon2PasswordHasher::unknown);
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("not a password hash of a known form and cost");
  }
}

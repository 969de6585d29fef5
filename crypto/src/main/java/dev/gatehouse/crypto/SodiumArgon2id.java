package dev.gatehouse.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * libsodium's Argon2id. It takes salts of 16 bytes and one lane only, which is all that hashes made
 * here have; others go to the pure-Java form.
 */
final class SodiumArgon2id implements Argon2id {
  private static final int SALT_BYTES = 16;

  /** {@code crypto_pwhash_ALG_ARGON2ID13}. */
  private static final int ARGON2ID13 = 2;

  private static final long KIB = 1024;

  private static final NativeLibrary SODIUM = NativeLibrary.open("libsodium.so.23");
  private static final MethodHandle INIT = SODIUM.function("sodium_init", JAVA_INT);
  private static final MethodHandle VERSION = SODIUM.function("sodium_version_string", ADDRESS);
  private static final MethodHandle PWHASH =
      SODIUM.function(
          "crypto_pwhash_argon2id",
          JAVA_INT,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_INT);

  private final Argon2id others = new BouncyCastleArgon2id();
  private final String name;

  /**
   * Readies the library.
   *
   * @throws UnsatisfiedLinkError if it is not there
   */
  SodiumArgon2id() {
    try {
      if ((int) INIT.invokeExact() < 0) {
        throw new UnsatisfiedLinkError("libsodium does not start");
      }
      this.name = "libsodium " + NativeLibrary.text((MemorySegment) VERSION.invokeExact());
    } catch (UnsatisfiedLinkError e) {
      throw e;
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
    if (salt.length != SALT_BYTES || parameters.parallelism() != 1) {
      return others.derive(password, salt, parameters, length);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment tag = arena.allocate(length);
      MemorySegment secret = arena.allocate(Math.max(1, password.length));
      MemorySegment.copy(password, 0, secret, ValueLayout.JAVA_BYTE, 0, password.length);
      int outcome;
      try {
        outcome =
            (int)
                PWHASH.invokeExact(
                    tag,
                    (long) length,
                    secret,
                    (long) password.length,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, salt),
                    (long) parameters.iterations(),
                    parameters.memoryKib() * KIB,
                    ARGON2ID13);
      } finally {
        secret.fill((byte) 0);
      }
      if (outcome != 0) {
        throw new IllegalStateException("libsodium had no memory for a hash");
      }
      return tag.toArray(ValueLayout.JAVA_BYTE);
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  @Override
  public String name() {
    return name;
  }
}

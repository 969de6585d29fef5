package dev.gatehouse.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** libargon2, the reference implementation; any salt and any number of lanes. */
final class ReferenceArgon2id implements Argon2id {
  private static final NativeLibrary ARGON2 = NativeLibrary.open("libargon2.so.1");
  private static final MethodHandle HASH_RAW =
      ARGON2.function(
          "argon2id_hash_raw",
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG);

  @Override
  public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment tag = arena.allocate(length);
      MemorySegment secret = arena.allocate(Math.max(1, password.length));
      MemorySegment.copy(password, 0, secret, ValueLayout.JAVA_BYTE, 0, password.length);
      int outcome;
      try {
        outcome =
            (int)
                HASH_RAW.invokeExact(
                    parameters.iterations(),
                    parameters.memoryKib(),
                    parameters.parallelism(),
                    secret,
                    (long) password.length,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, salt),
                    (long) salt.length,
                    tag,
                    (long) length);
      } finally {
        secret.fill((byte) 0);
      }
      if (outcome != 0) {
        throw new IllegalStateException("libargon2 answers " + outcome);
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
    return "libargon2";
  }
}

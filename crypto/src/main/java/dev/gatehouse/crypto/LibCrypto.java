package dev.gatehouse.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3's libcrypto that reckon with big numbers (BN_bin2bn(3),
 * BN_mod_mul_montgomery(3)). Touching the class loads the library.
 */
final class LibCrypto {
  private static final NativeLibrary CRYPTO = NativeLibrary.open("libcrypto.so.3");

  private static final MethodHandle VERSION = CRYPTO.function("OpenSSL_version", ADDRESS, JAVA_INT);
  private static final MethodHandle BN_NEW = CRYPTO.function("BN_new", ADDRESS);
  private static final MethodHandle BN_CTX_NEW = CRYPTO.function("BN_CTX_new", ADDRESS);
  private static final MethodHandle BN_MONT_CTX_NEW = CRYPTO.function("BN_MONT_CTX_new", ADDRESS);
  private static final MethodHandle BN_MONT_CTX_SET =
      CRYPTO.function("BN_MONT_CTX_set", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle BN_BIN2BN =
      CRYPTO.function("BN_bin2bn", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle BN_LEBIN2BN =
      CRYPTO.function("BN_lebin2bn", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle BN_BN2BINPAD =
      CRYPTO.function("BN_bn2binpad", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle BN_CLEAR = CRYPTO.function("BN_clear", null, ADDRESS);
  private static final MethodHandle BN_MOD_EXP =
      CRYPTO.function(
          "BN_mod_exp_mont_consttime",
          JAVA_INT,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS);
  private static final MethodHandle BN_MUL =
      CRYPTO.function(
          "BN_mod_mul_montgomery", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle BN_FROM_MONTGOMERY =
      CRYPTO.function("BN_from_montgomery", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

  private LibCrypto() {}

  /** E.g. {@code OpenSSL 3.0.19 27 Jan 2026}. */
  static String version() {
    try {
      return NativeLibrary.text((MemorySegment) VERSION.invokeExact(0));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  static MemorySegment newNumber() {
    try {
      return made((MemorySegment) BN_NEW.invokeExact());
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  static MemorySegment newContext() {
    try {
      return made((MemorySegment) BN_CTX_NEW.invokeExact());
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  static MemorySegment newMontgomery(MemorySegment modulus, MemorySegment context) {
    try {
      MemorySegment montgomery = made((MemorySegment) BN_MONT_CTX_NEW.invokeExact());
      done((int) BN_MONT_CTX_SET.invokeExact(montgomery, modulus, context));
      return montgomery;
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** {@code number} := the first {@code length} bytes, big-endian. */
  static void set(MemorySegment number, MemorySegment bytes, int length) {
    try {
      made((MemorySegment) BN_BIN2BN.invokeExact(bytes, length, number));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** {@code number} := the first {@code length} bytes, little-endian. */
  static void setLittleEndian(MemorySegment number, MemorySegment bytes, int length) {
    try {
      made((MemorySegment) BN_LEBIN2BN.invokeExact(bytes, length, number));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** Writes {@code number} into {@code length} bytes, big-endian, zeros in front. */
  static void get(MemorySegment number, MemorySegment bytes, int length) {
    try {
      done((int) BN_BN2BINPAD.invokeExact(number, bytes, length));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** Overwrites the number with zero. */
  static void clear(MemorySegment number) {
    try {
      BN_CLEAR.invokeExact(number);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** {@code result := base^exponent mod modulus}, in time independent of the exponent's bits. */
  static void power(
      MemorySegment result,
      MemorySegment base,
      MemorySegment exponent,
      MemorySegment modulus,
      MemorySegment context,
      MemorySegment montgomery) {
    try {
      done((int) BN_MOD_EXP.invokeExact(result, base, exponent, modulus, context, montgomery));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** {@code result := a·b·R^-1 mod N}, all in Montgomery form. */
  static void multiply(
      MemorySegment result,
      MemorySegment a,
      MemorySegment b,
      MemorySegment montgomery,
      MemorySegment context) {
    try {
      done((int) BN_MUL.invokeExact(result, a, b, montgomery, context));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /** {@code result := a·R^-1 mod N}: out of Montgomery form. */
  static void fromMontgomery(
      MemorySegment result, MemorySegment a, MemorySegment montgomery, MemorySegment context) {
    try {
      done((int) BN_FROM_MONTGOMERY.invokeExact(result, a, montgomery, context));
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  private static MemorySegment made(MemorySegment pointer) {
    if (pointer.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("libcrypto has no memory");
    }
    return pointer;
  }

  private static void done(int outcome) {
    if (outcome <= 0) {
      throw new IllegalStateException("libcrypto answers " + outcome);
    }
  }
}

package dev.gatehouse.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256 and SHA-512 (RFC 5869). */
public final class Hkdf {
  private Hkdf() {}

  /**
   * Extract, then expand.
   *
   * @param salt may be empty
   * @param info says what the key is for
   * @param length in bytes, 1 to 8,160
   */
  public static byte[] sha256(byte[] ikm, byte[] salt, byte[] info, int length) {
    return derive("HKDF-SHA256", ikm, salt, info, length);
  }

  /**
   * Extract, then expand.
   *
   * @param salt may be empty
   * @param info says what the key is for
   * @param length in bytes, 1 to 16,320
   */
  public static byte[] sha512(byte[] ikm, byte[] salt, byte[] info, int length) {
    return derive("HKDF-SHA512", ikm, salt, info, length);
  }

  private static byte[] derive(String algorithm, byte[] ikm, byte[] salt, byte[] info, int length) {
    try {
      return KDF.getInstance(algorithm)
          .deriveData(
              HKDFParameterSpec.ofExtract().addIKM(ikm).addSalt(salt).thenExpand(info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has " + algorithm, e);
    }
  }
}

package dev.gatehouse.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * The public half of a signing key, as JWKS publishes it.
 *
 * @param kid names the key; 44 characters of base64 ending in {@code =} for keys made here
 */
public record PublicJwk(String kid, RSAPublicKey key) {
  /**
   * Checks the kid.
   *
   * @throws IllegalArgumentException for a kid that would need escaping in a token's header
   */
  public PublicJwk {
    if (!isKid(kid)) {
      throw new IllegalArgumentException("a kid is base64 text");
    }
  }

  /** With the key's thumbprint (RFC 7638) for a kid, in plain base64 as Cognito's kids are. */
  static PublicJwk of(RSAPublicKey key) {
    String members = "{\"e\":\"" + e(key) + "\",\"kty\":\"RSA\",\"n\":\"" + n(key) + "\"}";
    try {
      byte[] thumbprint =
          MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII));
      return new PublicJwk(Base64.getEncoder().encodeToString(thumbprint), key);
    } catch (NoSuchAlgorithmException noSha256) {
      throw new IllegalStateException("every Java has SHA-256", noSha256);
    }
  }

  /** SubjectPublicKeyInfo, for the store. */
  public byte[] spki() {
    return key.getEncoded();
  }

  /** The JWK member {@code e}. */
  public String e() {
    return e(key);
  }

  /** The JWK member {@code n}. */
  public String n() {
    return n(key);
  }

  private static String e(RSAPublicKey key) {
    return Base64Url.encode(key.getPublicExponent());
  }

  private static String n(RSAPublicKey key) {
    return Base64Url.encode(key.getModulus());
  }

  /** Base64 text, which needs no escape in a token's header. */
  static boolean isKid(String text) {
    return !text.isEmpty() && text.chars().allMatch(PublicJwk::isBase64);
  }

  private static boolean isBase64(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+/-_=".indexOf(c) >= 0);
  }
}

package dev.gatehouse.jose;

/** Why a token is not believed. */
public enum TokenRefusal {
  /** Not a token of our form: parts, base64, JSON, header, algorithm, length. */
  MALFORMED,
  /** Its kid names none of the keys. */
  UNKNOWN_KEY,
  /** The key it names did not sign it. */
  BAD_SIGNATURE
}

package dev.gatehouse.crypto;

/**
 * The operations dear enough to be counted. An unknown name must cost exactly what a known one
 * costs, and a sign-in's price list names each.
 */
public enum Work {
  /** One hash of a password: Argon2id with whatever parameters, or what an imported one needs. */
  PASSWORD_HASH,
  /** One exponentiation of an arbitrary base modulo SRP's N. */
  EXPONENTIATION,
  /** One power of SRP's g. */
  GENERATOR_POWER,
  /** One RS256 signature made. */
  SIGNATURE,
  /** One RS256 signature checked. */
  SIGNATURE_CHECK
}

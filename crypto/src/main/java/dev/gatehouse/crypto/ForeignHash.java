package dev.gatehouse.crypto;

import java.util.Optional;

/**
 * A password hash that another system made: bcrypt, scrypt or PBKDF2. One of Argon2id needs no form
 * of its own, {@link Argon2Hash} reads it.
 */
sealed interface ForeignHash permits BcryptHash, ScryptHash, Pbkdf2Hash {
  /** Whether the password made this hash; costs what the hash says. */
  boolean matches(byte[] password);

  /** Whether a stored hash is one of these, told by its first characters. */
  static boolean is(String stored) {
    return !stored.startsWith(Argon2Hash.PREFIX);
  }

  /** The hash, if its cost is within the ceilings of {@link ImportedHash}. */
  static Optional<ForeignHash> parse(String stored) {
    if (stored.startsWith("$2")) {
      return BcryptHash.parse(stored).map(hash -> hash);
    }
    return stored.startsWith("$")
        ? Pbkdf2Hash.parse(stored).map(hash -> hash)
        : ScryptHash.parse(stored).map(hash -> hash);
  }
}

package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Secret;

/**
 * Turns a password into a PHC string and back into a yes or no. One call is one Argon2id
 * computation (some 20 to 40 ms), never more or fewer: the time tells nothing about the answer. A
 * hash that was imported ({@link ImportedHash}) is verified by what made it, at its own cost.
 */
public interface PasswordHasher {
  /**
   * A new hash with a fresh 16-byte salt and the parameters in force, e.g. {@code
   * $argon2id$v=19$m=19456,t=2,p=1$…$…}. The password is taken as UTF-8, as it is.
   *
   * @throws HashQueueFullException if too many callers wait already
   */
  String hash(Secret password);

  /**
   * Whether the password made this hash; compared in constant time, with the parameters that the
   * hash names.
   *
   * @param phc an Argon2id PHC string, or an imported hash
   * @throws IllegalArgumentException if {@code phc} is neither
   * @throws HashQueueFullException if too many callers wait already
   */
  boolean verify(Secret password, String phc);

  /**
   * Whether the hash was made with other parameters than those in force, so that it should be made
   * anew at the next occasion; so should every imported one that is no Argon2id. Costs nothing.
   *
   * @throws IllegalArgumentException if {@code phc} is neither
   */
  boolean needsRehash(String phc);

  /**
   * Hashes once for nothing. The first hash after start is many times dearer than the following
   * ones; call this before the server says that it is ready.
   */
  void warmUp();
}

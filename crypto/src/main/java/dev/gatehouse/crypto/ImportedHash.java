package dev.gatehouse.crypto;

/**
 * The forms in which an import brings password hashes, each with a ceiling on its cost (userpool.md
 * §20). Nothing is hashed here: who could bring a hash of any cost could keep the server busy with
 * a few sign-ins. A stored hash is verified by {@link PasswordHasher#verify}.
 */
public enum ImportedHash {
  /**
   * {@code $2b$12$} and 53 characters; also {@code $2a$} and {@code $2y$}, which are the same. Of
   * {@code $2x$}, made by a library that read bytes above 127 wrongly, passwords of ASCII match.
   * Cost 4 to 12.
   */
  BCRYPT {
    @Override
    public Judgement judge(String text) {
      return BcryptHash.judge(text);
    }
  },
  /** {@code N$r$p$hexSalt$hexHash}: N a power of two up to 65,536, r up to 8, p 1. */
  SCRYPT {
    @Override
    public Judgement judge(String text) {
      return ScryptHash.judge(text);
    }
  },
  /** The PHC string of version 19: m up to 19,456 KiB, t up to 2, p 1. */
  ARGON2ID {
    @Override
    public Judgement judge(String text) {
      return Argon2Hash.judge(text);
    }
  },
  /**
   * {@code $pbkdf2-sha256$iterations$salt$hash}, up to 600,000 iterations; base64 with {@code +} or
   * {@code .}, with or without padding.
   */
  PBKDF2_SHA256 {
    @Override
    public Judgement judge(String text) {
      return Pbkdf2Hash.judge(text);
    }
  };

  /** What is to be said of a text that should be such a hash. */
  public enum Judgement {
    GOOD,
    MALFORMED,
    TOO_COSTLY
  }

  /** Looks at the text; costs nothing. */
  public abstract Judgement judge(String text);
}

package dev.gatehouse.crypto;

import dev.gatehouse.crypto.ImportedHash.Judgement;
import dev.gatehouse.kernel.ConstantTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * A bcrypt hash in the form of crypt(3). Its 23 bytes follow from the password's first 72, the NUL
 * that ends it among them.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BcryptHash(int cost, byte[] salt, byte[] digest) implements ForeignHash {
  private static final Pattern FORMAT =
      Pattern.compile("\\$2[abxy]\\$([0-9]{2})\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LEAST_COST = 4;
  private static final int GREATEST_COST = 12;
  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 23;
  private static final int LONGEST_KEY = 72;

  static Judgement judge(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < LEAST_COST) {
      return Judgement.MALFORMED;
    }
    return Integer.parseInt(matcher.group(1)) > GREATEST_COST
        ? Judgement.TOO_COSTLY
        : Judgement.GOOD;
  }

  static Optional<BcryptHash> parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (judge(text) != Judgement.GOOD || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new BcryptHash(
            Integer.parseInt(matcher.group(1)),
            decode(matcher.group(2), SALT_BYTES),
            decode(matcher.group(3), DIGEST_BYTES)));
  }

  /** Base64 of bcrypt's own alphabet; the last character's spare bits mean nothing. */
  private static byte[] decode(String text, int length) {
    byte[] bytes = new byte[length];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length() && at < length; i++) {
      buffer = buffer << 6 | ALPHABET.indexOf(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }

  @Override
  public boolean matches(byte[] password) {
    byte[] key = Arrays.copyOf(password, Math.min(password.length + 1, LONGEST_KEY));
    try {
      return ConstantTime.equal(
          digest, Arrays.copyOf(BCrypt.generate(key, salt, cost, false), DIGEST_BYTES));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "BcryptHash";
  }
}

package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.ImportedHash.Judgement;
import dev.gatehouse.kernel.ConstantTime;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A PBKDF2-HMAC-SHA256 hash (RFC 8018) as {@code $pbkdf2-sha256$iterations$salt$hash}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pbkdf2Hash(int iterations, byte[] salt, byte[] key) implements ForeignHash {
  /** Salt of 6 bytes or more, hash of 16 or more, up to 64 each; nothing here can backtrack. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$pbkdf2-sha256\\$([1-9][0-9]{0,8})"
              + "\\$([A-Za-z0-9+/.]{8,86})={0,2}\\$([A-Za-z0-9+/.]{22,86})={0,2}");

  private static final int MOST_ITERATIONS = 600_000;

  static Judgement judge(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches() || isCut(matcher.group(2)) || isCut(matcher.group(3))) {
      return Judgement.MALFORMED;
    }
    return Integer.parseInt(matcher.group(1)) > MOST_ITERATIONS
        ? Judgement.TOO_COSTLY
        : Judgement.GOOD;
  }

  /** No number of bytes has so many characters of base64. */
  private static boolean isCut(String base64) {
    return base64.length() % 4 == 1;
  }

  static Optional<Pbkdf2Hash> parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (judge(text) != Judgement.GOOD || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Pbkdf2Hash(
            Integer.parseInt(matcher.group(1)),
            decode(matcher.group(2)),
            decode(matcher.group(3))));
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.replace('.', '+'));
  }

  @Override
  public boolean matches(byte[] password) {
    char[] characters = new String(password, UTF_8).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, key.length * 8);
    try {
      return ConstantTime.equal(
          key,
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException notOfThisJdk) {
      throw new IllegalStateException(notOfThisJdk);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public String toString() {
    return "Pbkdf2Hash";
  }
}

package dev.gatehouse.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes every random identifier. One instance a server; thread-safe. */
public final class Ids {
  private static final String LOWER_ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String ALNUM =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String DIGITS = "0123456789";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final SecureRandom random;

  public Ids(SecureRandom random) {
    this.random = random;
  }

  /** {@code {region}_} and 9 letters and digits of mixed case. */
  public String poolId(String region) {
    return region + "_" + of(ALNUM, 9);
  }

  /** 26 characters of {@code [a-z0-9]}. */
  public String clientId() {
    return of(LOWER_ALNUM, 26);
  }

  /** 52 characters of {@code [a-z0-9]}, 268 bits. */
  public Secret clientSecret() {
    return Secret.of(of(LOWER_ALNUM, 52));
  }

  /**
   * 32 random hex digits grouped 8-4-4-4-12. Like Cognito's, not an RFC 4122 UUID: no version or
   * variant bits.
   */
  public String uuid() {
    return uuidOf(bytes(16));
  }

  /** The 8-4-4-4-12 form of the first 16 of the bytes given. */
  public static String uuidOf(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes, 0, 16);
    return hex.substring(0, 8)
        + '-'
        + hex.substring(8, 12)
        + '-'
        + hex.substring(12, 16)
        + '-'
        + hex.substring(16, 20)
        + '-'
        + hex.substring(20);
  }

  /** {@code import-} and 10 letters and digits. */
  public String importJobId() {
    return "import-" + of(ALNUM, 10);
  }

  /** {@code tkn} and 25 of {@code [a-z0-9]}, 129 bits: the id of a token session. */
  public String tokenSession() {
    return "tkn" + of(LOWER_ALNUM, 25);
  }

  /** A code of {@code length} decimal digits. */
  public Secret code(int length) {
    return Secret.of(of(DIGITS, length));
  }

  /**
   * A 20-character access key id: the prefix ({@code AKIA}, {@code ASIA}) and 16 of {@code
   * [A-Z2-7]}.
   */
  public String accessKeyId(String prefix) {
    return prefix + of(BASE32, 16);
  }

  public byte[] bytes(int length) {
    WriteGuard.outside("drawing random bytes");
    byte[] result = new byte[length];
    random.nextBytes(result);
    return result;
  }

  /** A uniformly drawn number of {@code [0, bound)}. */
  public int below(int bound) {
    WriteGuard.outside("drawing a random number");
    return random.nextInt(bound);
  }

  private String of(String alphabet, int length) {
    WriteGuard.outside("drawing a random text");
    StringBuilder result = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      result.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return result.toString();
  }
}

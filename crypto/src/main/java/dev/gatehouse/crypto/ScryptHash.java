package dev.gatehouse.crypto;

import dev.gatehouse.crypto.ImportedHash.Judgement;
import dev.gatehouse.kernel.ConstantTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/** An scrypt hash (RFC 7914) as {@code N$r$p$hexSalt$hexHash}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScryptHash(int n, int r, int p, byte[] salt, byte[] key) implements ForeignHash {
  /** Salt of 8 to 64 bytes, hash of 16 to 64; nothing here can backtrack. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "([1-9][0-9]{0,8})\\$([1-9][0-9]{0,4})\\$([1-9][0-9]{0,4})"
              + "\\$((?:[0-9A-Fa-f]{2}){8,64})\\$((?:[0-9A-Fa-f]{2}){16,64})");

  private static final int GREATEST_N = 65_536;
  private static final int GREATEST_R = 8;
  private static final int GREATEST_P = 1;

  static Judgement judge(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      return Judgement.MALFORMED;
    }
    int n = Integer.parseInt(matcher.group(1));
    if (n > GREATEST_N
        || Integer.parseInt(matcher.group(2)) > GREATEST_R
        || Integer.parseInt(matcher.group(3)) > GREATEST_P) {
      return Judgement.TOO_COSTLY;
    }
    // RFC 7914 §2: N is larger than 1, a power of 2, and less than 2^(128 r / 8)
    boolean possible = n > 1 && Integer.bitCount(n) == 1;
    boolean roomy = Integer.parseInt(matcher.group(2)) > 1 || n < 1 << 16;
    return possible && roomy ? Judgement.GOOD : Judgement.MALFORMED;
  }

  static Optional<ScryptHash> parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (judge(text) != Judgement.GOOD || !matcher.matches()) {
      return Optional.empty();
    }
    HexFormat hex = HexFormat.of();
    return Optional.of(
        new ScryptHash(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            hex.parseHex(matcher.group(4)),
            hex.parseHex(matcher.group(5))));
  }

  /** Takes 128 · N · r bytes of memory, 64 MiB at the ceiling. */
  @Override
  public boolean matches(byte[] password) {
    return ConstantTime.equal(key, SCrypt.generate(password, salt, n, r, p, key.length));
  }

  @Override
  public String toString() {
    return "ScryptHash";
  }
}

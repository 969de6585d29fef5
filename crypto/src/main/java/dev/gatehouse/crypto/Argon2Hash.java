package dev.gatehouse.crypto;

import dev.gatehouse.crypto.ImportedHash.Judgement;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password hash in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>},
 * base64 without padding. The tag is as secret as a hash is: the type prints nothing.
 */
final class Argon2Hash {
  static final String PREFIX = "$argon2id$";

  /** 64 bytes of salt and tag are 86 characters each; nothing here can backtrack. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]{0,2}),p=([1-9][0-9]?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  final Argon2Parameters parameters;
  final byte[] salt;
  final byte[] tag;

  Argon2Hash(Argon2Parameters parameters, byte[] salt, byte[] tag) {
    this.parameters = parameters;
    this.salt = salt;
    this.tag = tag;
  }

  /** Empty when the text is not such a string, or asks for more than the bounds allow. */
  static Optional<Argon2Hash> parse(String phc) {
    Matcher matcher = FORMAT.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Argon2Hash(
              new Argon2Parameters(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3))),
              Base64.getDecoder().decode(matcher.group(4)),
              Base64.getDecoder().decode(matcher.group(5))));
    } catch (IllegalArgumentException outOfBounds) {
      return Optional.empty();
    }
  }

  /** Whether an imported hash is within the ceilings: no dearer than the house's own. */
  static Judgement judge(String phc) {
    if (!FORMAT.matcher(phc).matches()) {
      return Judgement.MALFORMED;
    }
    Argon2Parameters ceiling = Argon2Parameters.DEFAULT;
    Optional<Argon2Hash> hash = parse(phc);
    return hash.isPresent()
            && hash.get().parameters.memoryKib() <= ceiling.memoryKib()
            && hash.get().parameters.iterations() <= ceiling.iterations()
            && hash.get().parameters.parallelism() <= ceiling.parallelism()
        ? Judgement.GOOD
        : Judgement.TOO_COSTLY;
  }

  String phc() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + parameters.memoryKib()
        + ",t="
        + parameters.iterations()
        + ",p="
        + parameters.parallelism()
        + '$'
        + base64.encodeToString(salt)
        + '$'
        + base64.encodeToString(tag);
  }
}

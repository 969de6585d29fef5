package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/**
 * The header of our tokens, exactly {@code {"kid":"…","alg":"RS256"}} (tokens.md §1). Since we sign
 * no other, no other can be genuine: it is compared as a whole and not parsed, and there is nothing
 * in it for a forger to choose but the kid.
 */
final class TokenHeader {
  private static final String BEFORE_KID = "{\"kid\":\"";
  private static final String AFTER_KID = "\",\"alg\":\"RS256\"}";

  private TokenHeader() {}

  /** The token's first part. */
  static String encode(String kid) {
    return Base64Url.encode((BEFORE_KID + kid + AFTER_KID).getBytes(US_ASCII));
  }

  /** The kid of a first part that is such a header; empty for every other. */
  static Optional<String> kid(String encoded) {
    return Base64Url.decode(encoded)
        .map(bytes -> new String(bytes, ISO_8859_1))
        .filter(header -> header.startsWith(BEFORE_KID) && header.endsWith(AFTER_KID))
        .filter(header -> header.length() > BEFORE_KID.length() + AFTER_KID.length())
        .map(header -> header.substring(BEFORE_KID.length(), header.length() - AFTER_KID.length()))
        .filter(PublicJwk::isKid);
  }
}

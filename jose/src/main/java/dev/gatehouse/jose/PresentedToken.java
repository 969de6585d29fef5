package dev.gatehouse.jose;

import java.util.Optional;

/**
 * A token that somebody presents, taken apart and <em>not yet believed</em>: its claims may serve
 * to find the pool whose keys can judge it, and for nothing else.
 */
public final class PresentedToken {
  /** Longer texts are refused unread; room for 5,000 claims of a trigger. */
  public static final int MAX_CHARACTERS = 256 * 1024;

  /** 256 bytes in base64url. */
  static final int SIGNATURE_CHARACTERS = 342;

  private final String kid;
  private final Claims claims;
  private final String signingInput;
  private final byte[] signature;

  private PresentedToken(String kid, Claims claims, String signingInput, byte[] signature) {
    this.kid = kid;
    this.claims = claims;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  /**
   * Empty unless the text is three parts in canonical base64url, the first our header (so {@code
   * alg} is RS256 and nothing else), the second a JSON object without duplicate members.
   */
  public static Optional<PresentedToken> parse(String token) {
    if (token.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.length() - second - 1 != SIGNATURE_CHARACTERS) {
      return Optional.empty();
    }
    Optional<String> kid = TokenHeader.kid(token.substring(0, first));
    Optional<byte[]> signature = Base64Url.decode(token.substring(second + 1));
    if (kid.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    return Base64Url.decode(token.substring(first + 1, second))
        .flatMap(Claims::parse)
        .map(claims ->
            new PresentedToken(kid.get(), claims, token.substring(0, second), signature.get()));
  }

  public String kid() {
    return kid;
  }

  /** What the token says of itself; anybody may have written it. */
  public Claims unverifiedClaims() {
    return claims;
  }

  String signingInput() {
    return signingInput;
  }

  byte[] signature() {
    return signature;
  }
}

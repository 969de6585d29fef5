package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.crypto.Work;
import dev.gatehouse.crypto.WorkCounter;
import java.util.Optional;

/**
 * Judges whether a token was signed by one of our keys (RFC 7515 §5.2, RFC 8725). Time is not its
 * business: {@code exp} is judged by the caller with the {@code Clock}.
 */
public final class TokenVerifier {
  private final Rs256 rs256;
  private final WorkCounter counter;

  public TokenVerifier(Rs256 rs256, WorkCounter counter) {
    this.rs256 = rs256;
    this.counter = counter;
  }

  /**
   * Takes the token apart and checks its signature.
   *
   * @param keys loaded by the same {@link Rs256}
   */
  public Verification verify(String token, KeySet keys) {
    Optional<PresentedToken> presented = PresentedToken.parse(token);
    return presented.isEmpty()
        ? new Verification.Refused(TokenRefusal.MALFORMED)
        : verify(presented.get(), keys);
  }

  /** For a caller who had to look into the token to find the keys. */
  public Verification verify(PresentedToken token, KeySet keys) {
    Optional<PublicJwk> key = keys.find(token.kid());
    if (key.isEmpty()) {
      return new Verification.Refused(TokenRefusal.UNKNOWN_KEY);
    }
    counter.add(Work.SIGNATURE_CHECK);
    return rs256.verify(key.get().key(), token.signingInput().getBytes(US_ASCII), token.signature())
        ? new Verification.Verified(new VerifiedToken(token.kid(), token.unverifiedClaims()))
        : new Verification.Refused(TokenRefusal.BAD_SIGNATURE);
  }
}

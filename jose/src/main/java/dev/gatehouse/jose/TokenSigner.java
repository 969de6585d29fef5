package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.crypto.Work;
import dev.gatehouse.crypto.WorkCounter;

/** Makes tokens: compact JWS (RFC 7515 §3.1), RS256, header {@code {"kid":…,"alg":"RS256"}}. */
public final class TokenSigner {
  private final Rs256 rs256;
  private final WorkCounter counter;

  public TokenSigner(Rs256 rs256, WorkCounter counter) {
    this.rs256 = rs256;
    this.counter = counter;
  }

  /**
   * Signs the claims as they are.
   *
   * @param key loaded by the same {@link Rs256}
   * @throws TokenTooLargeException if our own verifier would refuse the token for its length
   */
  public String sign(SigningKey key, Claims claims) {
    String input = key.header() + '.' + Base64Url.encode(claims.json());
    if (input.length() > PresentedToken.MAX_CHARACTERS - PresentedToken.SIGNATURE_CHARACTERS - 1) {
      throw new TokenTooLargeException(input.length());
    }
    counter.add(Work.SIGNATURE);
    return input + '.' + Base64Url.encode(rs256.sign(key.privateKey(), input.getBytes(US_ASCII)));
  }
}

package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.crypto.Work;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.testkit.Shows;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  private static final Rs256 RS256 = Rs256.choose();
  private static final SigningKey ACCESS = RS256.generate();
  private static final SigningKey ID = RS256.generate();
  private static final Claims CLAIMS =
      Claims.builder()
          .put("sub", "5a6b")
          .put("cognito:groups", List.of("g1", "gé2"))
          .put("email_verified", true)
          .put("exp", 1676316377L)
          .build();

  private final WorkTally tally = new WorkTally();
  private final TokenSigner signer = new TokenSigner(RS256, tally);
  private final TokenVerifier verifier = new TokenVerifier(RS256, tally);
  private final KeySet keys = KeySet.of(ACCESS.publicJwk(), ID.publicJwk());

  @Shows(id = "tokens-01", says = "the header is exactly kid and alg, the kid 44 base64 characters")
  @Test
  void headerAndPayloadAreExactlyTheseBytes() {
    String[] parts = signer.sign(ACCESS, CLAIMS).split("\\.", -1);
    assertThat(parts).hasSize(3);
    assertThat(text(parts[0])).isEqualTo("{\"kid\":\"" + ACCESS.kid() + "\",\"alg\":\"RS256\"}");
    assertThat(ACCESS.kid()).hasSize(44).endsWith("=").isNotEqualTo(ID.kid());
    assertThat(text(parts[1]))
        .isEqualTo(
            "{\"sub\":\"5a6b\",\"cognito:groups\":[\"g1\",\"gé2\"],\"email_verified\":true,"
                + "\"exp\":1676316377}");
  }

  @Test
  void anIndependentLibraryVerifiesIt() throws Exception {
    SignedJWT jwt = SignedJWT.parse(signer.sign(ACCESS, CLAIMS));
    assertThat(jwt.verify(new RSASSAVerifier(ACCESS.publicJwk().key()))).isTrue();
    assertThat(jwt.verify(new RSASSAVerifier(ID.publicJwk().key()))).isFalse();
    assertThat(jwt.getJWTClaimsSet().getStringListClaim("cognito:groups"))
        .containsExactly("g1", "gé2");
  }

  @Test
  void ourVerifierGivesTheClaimsBack() {
    Verification verification = verifier.verify(signer.sign(ACCESS, CLAIMS), keys);
    assertThat(verification)
        .isEqualTo(new Verification.Verified(new VerifiedToken(ACCESS.kid(), CLAIMS)));
    assertThat(tally.read().of(Work.SIGNATURE)).isEqualTo(1);
    assertThat(tally.read().of(Work.SIGNATURE_CHECK)).isEqualTo(1);
  }

  @Test
  void theJdksProviderAndCorrettoAgree() {
    Rs256 jdk = Rs256.jdk();
    SigningKey same = jdk.load(ACCESS.kid(), ACCESS.pkcs8());
    String token = new TokenSigner(jdk, tally).sign(same, CLAIMS);
    assertThat(token).isEqualTo(signer.sign(ACCESS, CLAIMS));
    assertThat(new TokenVerifier(jdk, tally).verify(token, KeySet.of(same.publicJwk())))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void aPresentedTokenTellsWhatItClaimsToBe() {
    PresentedToken presented = PresentedToken.parse(signer.sign(ID, CLAIMS)).orElseThrow();
    assertThat(presented.kid()).isEqualTo(ID.kid());
    assertThat(presented.unverifiedClaims().text("sub")).contains("5a6b");
  }

  @Test
  void aKeyThatIsNotInTheSetIsUnknown() {
    assertRefused(signer.sign(RS256.generate(), CLAIMS), TokenRefusal.UNKNOWN_KEY);
    assertThat(verifier.verify(signer.sign(ID, CLAIMS), KeySet.of(ACCESS.publicJwk())))
        .isEqualTo(new Verification.Refused(TokenRefusal.UNKNOWN_KEY));
  }

  @Test
  void aTokenUnderAnotherKeysNameIsABadSignature() {
    String token = signer.sign(ID, CLAIMS);
    assertRefused(
        ACCESS.header() + token.substring(token.indexOf('.')), TokenRefusal.BAD_SIGNATURE);
  }

  @Test
  void anAlteredPayloadIsABadSignature() {
    String[] parts = signer.sign(ACCESS, CLAIMS).split("\\.", -1);
    String altered = encode(text(parts[1]).replace("5a6b", "5a6c"));
    assertRefused(parts[0] + '.' + altered + '.' + parts[2], TokenRefusal.BAD_SIGNATURE);
  }

  @Test
  void anAlteredSignatureIsABadSignature() {
    String token = signer.sign(ACCESS, CLAIMS);
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    assertRefused(
        token.substring(0, at) + other + token.substring(at + 1), TokenRefusal.BAD_SIGNATURE);
    String allZero = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);
    assertRefused(allZero, TokenRefusal.BAD_SIGNATURE);
    byte[] ones = new byte[256];
    Arrays.fill(ones, (byte) -1);
    assertRefused(
        token.substring(0, token.lastIndexOf('.') + 1) + Base64Url.encode(ones),
        TokenRefusal.BAD_SIGNATURE);
  }

  @Test
  void algNoneIsMalformedWithAndWithoutASignature() {
    String payload = encode(text(signer.sign(ACCESS, CLAIMS).split("\\.", -1)[1]));
    String header = encode("{\"kid\":\"" + ACCESS.kid() + "\",\"alg\":\"none\"}");
    assertRefused(header + '.' + payload + '.', TokenRefusal.MALFORMED);
    assertRefused(header + '.' + payload + '.' + "A".repeat(342), TokenRefusal.MALFORMED);
  }

  @Test
  void hs256UnderThePublicKeyIsMalformed() throws Exception {
    for (byte[] key : List.of(ACCESS.publicJwk().spki(), pem().getBytes(US_ASCII))) {
      String input =
          encode("{\"kid\":\"" + ACCESS.kid() + "\",\"alg\":\"HS256\"}")
              + '.'
              + encode("{\"sub\":\"5a6b\"}");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      assertRefused(
          input + '.' + Base64Url.encode(mac.doFinal(input.getBytes(US_ASCII))),
          TokenRefusal.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\",\"kid\":\"%s\"}",
        "{\"kid\":\"%s\",\"alg\":\"RS256\",\"typ\":\"JWT\"}",
        "{\"kid\":\"%s\",\"alg\":\"RS512\"}",
        "{\"kid\":\"%s\",\"alg\":\"PS256\"}",
        "{\"kid\":\"%s\", \"alg\":\"RS256\"}",
        "{\"kid\":\"%s\",\"alg\":\"none\",\"alg\":\"RS256\"}",
        "{\"kid\":\"%s\",\"kid\":\"%1$s\",\"alg\":\"RS256\"}",
        "{\"kid\":\"%s\",\"alg\":\"RS256\",\"crit\":[\"exp\"]}",
        "{\"kid\":\"%s\",\"alg\":\"RS256\",\"jku\":\"https://evil.example/\"}",
        "{\"kid\":\"%s\",\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"kid\":1,\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\"}",
        "{\"kid\":\"\",\"alg\":\"RS256\"}",
        "{\"kid\":\"x\",\"jwk\":{},\"kid\":\"%s\",\"alg\":\"RS256\"}",
        "{\"kid\":\"\\u0041\",\"alg\":\"RS256\"}",
        "[]",
        "null",
        ""
      })
  void everyOtherHeaderIsMalformedEvenWhenOurKeySignedIt(String header) {
    String input = encode(String.format(header, ACCESS.kid())) + '.' + encode("{\"sub\":\"x\"}");
    assertRefused(sign(input), TokenRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"a\",\"sub\":\"b\"}",
        "{\"o\":{\"x\":1,\"x\":2}}",
        "{\"sub\":\"a\"} x",
        "{\"sub\":\"a\"}{}",
        "{\"sub\":\"a\"",
        "[\"sub\"]",
        "\"sub\"",
        "{'sub':'a'}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        ""
      })
  void everyOtherPayloadIsMalformedEvenWhenOurKeySignedIt(String payload) {
    assertRefused(sign(ACCESS.header() + '.' + encode(payload)), TokenRefusal.MALFORMED);
  }

  @Test
  void deepNestingIsMalformed() {
    String payload = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
    assertRefused(sign(ACCESS.header() + '.' + encode(payload)), TokenRefusal.MALFORMED);
  }

  @Test
  void trailingAndLeadingDataIsMalformed() {
    String token = signer.sign(ACCESS, CLAIMS);
    for (String altered :
        List.of(
            token + ".",
            token + "=",
            token + "A",
            token + " ",
            token + "\n",
            " " + token,
            "." + token,
            token + "." + token,
            token.substring(0, token.length() - 1),
            token.replaceFirst("\\.", ".."),
            token.replace('.', ' '),
            "",
            ".",
            "..",
            "...")) {
      assertRefused(altered, TokenRefusal.MALFORMED);
    }
  }

  @Test
  void aSecondSpellingOfTheSameBytesIsMalformed() {
    String token = signer.sign(ACCESS, CLAIMS);
    // 256 bytes leave four unused bits in the last of 342 characters
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char twin = alphabet.charAt(alphabet.indexOf(last) + 1);
    String other = token.substring(0, token.length() - 1) + twin;
    assertThat(Base64.getUrlDecoder().decode(other.substring(other.lastIndexOf('.') + 1)))
        .isEqualTo(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)));
    assertRefused(other, TokenRefusal.MALFORMED);
    assertRefused(token.replaceFirst("\\.", "=."), TokenRefusal.MALFORMED);
    assertThat(token).as("some of 342 characters").containsAnyOf("-", "_");
    assertRefused(token.replace('-', '+').replace('_', '/'), TokenRefusal.MALFORMED);
  }

  @Test
  void aHugeTokenIsMalformedAndIsNeverIssued() {
    assertRefused("a".repeat(10_000_000), TokenRefusal.MALFORMED);
    Claims huge = CLAIMS.toBuilder().put("x", "y".repeat(200_000)).build();
    assertThatThrownBy(() -> signer.sign(ACCESS, huge)).isInstanceOf(TokenTooLargeException.class);
    Claims large = CLAIMS.toBuilder().put("x", "y".repeat(190_000)).build();
    assertThat(verifier.verify(signer.sign(ACCESS, large), keys))
        .isInstanceOf(Verification.Verified.class);
    assertRefused(
        sign(ACCESS.header() + '.' + encode("{\"x\":\"" + "y".repeat(200_000) + "\"}")),
        TokenRefusal.MALFORMED);
  }

  private void assertRefused(String token, TokenRefusal refusal) {
    assertThat(verifier.verify(token, keys)).isEqualTo(new Verification.Refused(refusal));
  }

  /** A genuine signature of the access key over whatever is given. */
  private static String sign(String input) {
    return input
        + '.'
        + Base64Url.encode(RS256.sign(ACCESS.privateKey(), input.getBytes(US_ASCII)));
  }

  private static String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(ACCESS.publicJwk().spki())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String encode(String text) {
    return Base64Url.encode(text.getBytes(UTF_8));
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }
}

package dev.gatehouse.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.crypto.WorkCounter;
import dev.gatehouse.jose.ClaimValue.Decimal;
import dev.gatehouse.jose.ClaimValue.Flag;
import dev.gatehouse.jose.ClaimValue.Items;
import dev.gatehouse.jose.ClaimValue.Members;
import dev.gatehouse.jose.ClaimValue.Nothing;
import dev.gatehouse.jose.ClaimValue.Text;
import dev.gatehouse.jose.ClaimValue.Whole;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TokenProps {
  private static final Rs256 RS256 = Rs256.choose();
  private static final SigningKey KEY = RS256.generate();
  private static final KeySet KEYS = KeySet.of(KEY.publicJwk());
  private static final TokenSigner SIGNER = new TokenSigner(RS256, WorkCounter.none());
  private static final TokenVerifier VERIFIER = new TokenVerifier(RS256, WorkCounter.none());

  @Property(tries = 300)
  void whateverIsSignedComesBackTheSame(@ForAll("claims") Claims claims) {
    assertThat(VERIFIER.verify(SIGNER.sign(KEY, claims), KEYS))
        .isEqualTo(new Verification.Verified(new VerifiedToken(KEY.kid(), claims)));
  }

  @Property(tries = 1000)
  void noTokenWithOneOtherCharacterIsBelieved(
      @ForAll @IntRange(max = 500) int at, @ForAll char other) {
    String token = SIGNER.sign(KEY, Claims.builder().put("sub", "5a6b").build());
    int place = at % token.length();
    String altered = token.substring(0, place) + other + token.substring(place + 1);
    if (!altered.equals(token)) {
      assertThat(VERIFIER.verify(altered, KEYS)).isInstanceOf(Verification.Refused.class);
    }
  }

  @Property(tries = 1000)
  void anyTextIsRefusedAndNothingIsThrown(@ForAll String text) {
    assertThat(VERIFIER.verify(text, KEYS))
        .isEqualTo(new Verification.Refused(TokenRefusal.MALFORMED));
  }

  @Provide
  Arbitrary<Claims> claims() {
    return claims(3);
  }

  private static Arbitrary<Claims> claims(int depth) {
    return Arbitraries.maps(Arbitraries.strings().ofMaxLength(10), values(depth))
        .ofMaxSize(6)
        .map(map -> {
          Claims.Builder builder = Claims.builder();
          map.forEach(builder::put);
          return builder.build();
        });
  }

  private static Arbitrary<ClaimValue> values(int depth) {
    Arbitrary<ClaimValue> simple =
        Arbitraries.oneOf(
            Arbitraries.strings().map(Text::new),
            Arbitraries.longs().map(Whole::new),
            Arbitraries.of(true, false).map(Flag::new),
            Arbitraries.just(new Nothing()),
            Arbitraries.integers().map(i -> new Decimal(BigDecimal.valueOf(i, 2))));
    return depth == 0
        ? simple
        : Arbitraries.oneOf(
            simple,
            Arbitraries.lazy(() -> values(depth - 1)).list().ofMaxSize(4).map(Items::new),
            Arbitraries.lazy(() -> claims(depth - 1)).map(Members::new));
  }
}

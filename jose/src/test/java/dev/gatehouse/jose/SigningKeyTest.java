package dev.gatehouse.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {
  static List<Rs256> providers() {
    return List.of(Rs256.choose(), Rs256.jdk());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aKeySurvivesItsWayThroughTheStore(Rs256 rs256) {
    SigningKey key = rs256.generate();
    SigningKey loaded = rs256.load(key.kid(), Secret.of(key.pkcs8().bytes()));
    assertThat(loaded.kid()).isEqualTo(key.kid());
    assertThat(loaded.publicJwk().spki()).isEqualTo(key.publicJwk().spki());
    assertThat(loaded.publicJwk().key().getPublicExponent()).isEqualTo(65537);
    assertThat(loaded.publicJwk().key().getModulus().bitLength()).isEqualTo(2048);
    byte[] input = {1, 2, 3};
    byte[] signature = rs256.sign(loaded.privateKey(), input);
    PublicJwk published = rs256.loadPublic(key.kid(), key.publicJwk().spki());
    assertThat(rs256.verify(published.key(), input, signature)).isTrue();
    assertThat(rs256.verify(published.key(), new byte[] {1, 2}, signature)).isFalse();
    assertThat(rs256.verify(published.key(), input, new byte[3])).isFalse();
    assertThat(key).hasToString("SigningKey[" + key.kid() + "]");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void refusesWhatIsNoRsa2048Key(Rs256 rs256) throws Exception {
    assertThatThrownBy(() -> rs256.load("kid=", Secret.of("not a key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause();
    KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
    small.initialize(1024);
    Secret weak = Secret.of(small.generateKeyPair().getPrivate().getEncoded());
    assertThatThrownBy(() -> rs256.load("kid=", weak)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rs256.loadPublic("kid=", new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    SigningKey key = rs256.generate();
    assertThatThrownBy(() -> rs256.load("a\"kid", key.pkcs8()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Shows(id = "tokens-01", says = "JWKS lists alg, e, kid, kty, n, use of both keys in this order")
  @Test
  void jwksText() throws Exception {
    SigningKey id = Rs256.choose().generate();
    SigningKey access = Rs256.choose().generate();
    String json = Jwks.json(List.of(id.publicJwk(), access.publicJwk()));
    assertThat(json)
        .matches(
            "\\{\"keys\":\\[(\\{\"alg\":\"RS256\",\"e\":\"AQAB\",\"kid\":\"[A-Za-z0-9+/]{43}=\","
                + "\"kty\":\"RSA\",\"n\":\"[A-Za-z0-9_-]{342}\",\"use\":\"sig\"},?){2}\\]\\}");
    JWKSet parsed = JWKSet.parse(json);
    for (SigningKey key : List.of(id, access)) {
      RSAKey jwk = parsed.getKeyByKeyId(key.kid()).toRSAKey();
      assertThat(jwk.toRSAPublicKey().getModulus()).isEqualTo(key.publicJwk().key().getModulus());
      assertThat(jwk.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
      assertThat(jwk.computeThumbprint().decode())
          .as("the kid is the thumbprint of RFC 7638")
          .isEqualTo(Base64.getDecoder().decode(key.kid()));
    }
    assertThat(Jwks.json(List.of())).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void aKeySetHasNoTwoKeysOfOneName() {
    PublicJwk one = Rs256.choose().generate().publicJwk();
    assertThat(KeySet.of(one).find(one.kid())).contains(one);
    assertThat(KeySet.of().find(one.kid())).isEmpty();
    assertThatThrownBy(() -> KeySet.of(one, one)).isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token as a client of Nimbus JOSE sees it. */
record Jwt(JsonNode header, JsonNode claims, String text) {
  static Jwt of(String token) {
    String[] parts = token.split("\\.");
    return new Jwt(json(parts[0]), json(parts[1]), token);
  }

  private static JsonNode json(String part) {
    return JsonMapper.shared().readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }

  String claim(String name) {
    return claims.get(name).asString();
  }

  /** Whether one of the published keys signed it. */
  boolean signedBy(String jwks) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      return token.verify(
          new RSASSAVerifier(
              JWKSet.parse(jwks).getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey()));
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The JWKS document (RFC 7517 §5), its members in Cognito's order. */
public final class Jwks {
  private Jwks() {}

  /** {@code {"keys":[{"alg":"RS256","e":…,"kid":…,"kty":"RSA","n":…,"use":"sig"},…]}}. */
  public static String json(List<PublicJwk> keys) {
    Claims document =
        Claims.builder()
            .put("keys", new ClaimValue.Items(keys.stream().<ClaimValue>map(Jwks::member).toList()))
            .build();
    return new String(document.json(), UTF_8);
  }

  private static ClaimValue.Members member(PublicJwk key) {
    return new ClaimValue.Members(
        Claims.builder()
            .put("alg", "RS256")
            .put("e", key.e())
            .put("kid", key.kid())
            .put("kty", "RSA")
            .put("n", key.n())
            .put("use", "sig")
            .build());
  }
}

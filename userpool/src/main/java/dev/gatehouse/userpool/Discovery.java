package dev.gatehouse.userpool;

import dev.gatehouse.jose.Claims;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A pool's public documents: JWKS and OpenID discovery (tokens.md §1, OpenID Connect Discovery 1.0
 * §3).
 */
public final class Discovery {
  private final Pools pools;
  private final SigningKeys keys;
  private final Issuers issuers;

  public Discovery(Pools pools, SigningKeys keys, Issuers issuers) {
    this.pools = pools;
    this.keys = keys;
    this.issuers = issuers;
  }

  /** Empty for an unknown pool. */
  public Optional<String> jwks(String poolId) {
    return pools.find(poolId).map(pool -> keys.jwks(pool.id()));
  }

  /** Empty for an unknown pool. Endpoints of hosted login are not listed while there are none. */
  public Optional<String> openidConfiguration(String poolId) {
    return pools.find(poolId).map(this::document);
  }

  private String document(Pool pool) {
    Claims document =
        Claims.builder()
            .put("id_token_signing_alg_values_supported", List.of("RS256"))
            .put("issuer", issuers.of(pool))
            .put("jwks_uri", issuers.publicUrl() + "/" + pool.id() + "/.well-known/jwks.json")
            .put("response_types_supported", List.of("code", "token"))
            .put("scopes_supported", List.of("openid", "email", "phone", "profile"))
            .put("subject_types_supported", List.of("public"))
            .build();
    return new String(document.json(), StandardCharsets.UTF_8);
  }
}

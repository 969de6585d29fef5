package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.ClaimValue;
import dev.gatehouse.jose.ClaimValue.Text;
import dev.gatehouse.jose.Claims;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Claims that are put into a token, or left out, after it was filled (tokens.md §8). Leaving out
 * wins. What a verifier relies on cannot be changed; an attempt is ignored.
 *
 * @param put claims to add or to replace
 * @param suppressed names of claims to leave out
 */
public record ClaimChanges(Map<String, ClaimValue> put, Set<String> suppressed) {
  public static final ClaimChanges NONE = new ClaimChanges(Map.of(), Set.of());

  private static final String GROUPS = "cognito:groups";

  /** Never changed in either token; besides all of {@code cognito:} and {@code dev:}. */
  private static final Set<String> FIXED =
      Set.of(
          "acr",
          "amr",
          "at_hash",
          "aud",
          "auth_time",
          "azp",
          "client_id",
          "device_key",
          "event_id",
          "exp",
          "iat",
          "identities",
          "iss",
          "jti",
          "nbf",
          "nonce",
          "origin_jti",
          "scope",
          "sid",
          "sub",
          "token_use",
          "username",
          "version");

  public ClaimChanges {
    put = Collections.unmodifiableMap(new LinkedHashMap<>(put));
    suppressed = Set.copyOf(suppressed);
  }

  /** The ID token's claims after these changes. */
  Claims ofIdToken(Claims.Builder filled) {
    put.forEach((name, value) -> {
      if (settable(name)) {
        filled.put(name, value);
      }
    });
    suppress(filled);
    // who is in no group has no role by one
    if (suppressed.contains(GROUPS)) {
      filled.remove("cognito:roles").remove("cognito:preferred_role");
    }
    return filled.build();
  }

  /** The access token's claims after these changes; it may be addressed to its own client. */
  Claims ofAccessToken(Claims.Builder filled, String clientId) {
    put.forEach((name, value) -> {
      if (settable(name) || (name.equals("aud") && value.equals(new Text(clientId)))) {
        filled.put(name, value);
      }
    });
    suppress(filled);
    return filled.build();
  }

  private void suppress(Claims.Builder filled) {
    for (String name : suppressed) {
      if (settable(name) || name.equals(GROUPS) || name.startsWith("dev:")) {
        filled.remove(name);
      }
    }
  }

  private static boolean settable(String name) {
    return !FIXED.contains(name) && !name.startsWith("cognito:") && !name.startsWith("dev:");
  }
}

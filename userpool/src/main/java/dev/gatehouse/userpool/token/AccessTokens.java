package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.PresentedToken;
import dev.gatehouse.jose.TokenVerifier;
import dev.gatehouse.jose.Verification;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the access token of a token-authorised operation (protocol.md §2, class 2), in order:
 * form, pool, signature, use, expiry, scope, revocation, user. One signature check; user row and
 * family row are read every time, never from a cache.
 */
public final class AccessTokens {
  private final Pools pools;
  private final SigningKeys keys;
  private final TokenVerifier verifier;
  private final Database database;
  private final Clock clock;

  public AccessTokens(
      Pools pools, SigningKeys keys, TokenVerifier verifier, Database database, Clock clock) {
    this.pools = pools;
    this.keys = keys;
    this.verifier = verifier;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Who holds a good access token.
   *
   * @param originJti null for a token from a client without revocation
   * @param deviceKey the device that the sign-in was made from or handed out; null for none
   */
  public record Bearer(
      Pool pool,
      AppClient client,
      User user,
      @Nullable String originJti,
      @Nullable String deviceKey) {}

  private record Rows(Optional<User> user, Optional<Family> family) {}

  /**
   * @throws dev.gatehouse.kernel.Refusal ACCESS_TOKEN_…, USER_UNKNOWN, USER_DISABLED
   */
  public Bearer require(String token) {
    // 1. form, and the pool it names
    PresentedToken presented =
        PresentedToken.parse(token).orElseThrow(() -> Why.ACCESS_TOKEN_INVALID.refusal());
    String issuer = presented.unverifiedClaims().text("iss").orElse("");
    Pool pool =
        pools
            .find(issuer.substring(issuer.lastIndexOf('/') + 1))
            .orElseThrow(() -> Why.ACCESS_TOKEN_INVALID.refusal());
    // 2. signature, by one of the pool's keys for access tokens; 3. what it may be used for
    if (!(verifier.verify(presented, keys.verifying(pool.id()).access())
        instanceof Verification.Verified verified)) {
      throw Why.ACCESS_TOKEN_INVALID.refusal();
    }
    Claims claims = verified.token().claims();
    if (!claims.text("token_use").filter("access"::equals).isPresent()) {
      throw Why.ACCESS_TOKEN_INVALID.refusal();
    }
    // 4. expiry
    if (claims.whole("exp").orElse(0) <= clock.now().getEpochSecond()) {
      throw Why.ACCESS_TOKEN_EXPIRED.refusal();
    }
    // 5. scope
    List<String> scopes = Arrays.asList(claims.text("scope").orElse("").split(" "));
    if (!scopes.contains(TokenIssuer.ADMIN_SCOPE)) {
      throw Why.ACCESS_TOKEN_SCOPES.refusal();
    }
    return current(pool, claims);
  }

  private Bearer current(Pool pool, Claims claims) {
    String sub = claims.text("sub").orElse("");
    @Nullable String originJti = claims.text("origin_jti").orElse(null);
    Rows rows =
        database.read(handle ->
            new Rows(
                UserStore.find(handle, pool.id(), sub),
                originJti == null
                    ? Optional.empty()
                    : FamilyStore.find(handle, pool.id(), originJti)));
    // 6. the user; 7. revocation: by family, or by time for tokens that name none
    User user = rows.user().orElseThrow(() -> Why.USER_UNKNOWN.refusal());
    if (!user.enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    boolean revoked =
        originJti == null
            ? signedOutSince(user, claims.whole("iat").orElse(0))
            : rows.family().isEmpty() || rows.family().get().revoked();
    if (revoked) {
      throw Why.ACCESS_TOKEN_REVOKED.refusal();
    }
    // 8. the client, which may have been deleted since
    AppClient client =
        pools
            .findClient(claims.text("client_id").orElse(""))
            .filter(found -> found.poolId().equals(pool.id()))
            .orElseThrow(() -> Why.ACCESS_TOKEN_INVALID.refusal());
    return new Bearer(pool, client, user, originJti, claims.text("device_key").orElse(null));
  }

  private static boolean signedOutSince(User user, long issuedAt) {
    Instant signedOut = user.signedOut();
    return signedOut != null && issuedAt <= signedOut.getEpochSecond();
  }
}

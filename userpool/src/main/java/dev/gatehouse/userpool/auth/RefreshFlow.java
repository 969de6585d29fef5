package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.RefreshTokens;
import dev.gatehouse.userpool.token.TokenIssuer;
import dev.gatehouse.userpool.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refresh (auth.md §10, tokens.md §6): REFRESH_TOKEN_AUTH without rotation,
 * GetTokensFromRefreshToken with or without. Two statements to read and two signatures; a rotation
 * writes one row.
 */
public final class RefreshFlow {
  /** What becomes of a family when one of its older tokens is shown after the grace period. */
  public enum ReusePolicy {
    /** It is revoked: a thief and the owner cannot be told apart (RFC 9700 §4.14.2). */
    REVOKE,
    /** The old token is refused, the family stays. */
    REFUSE
  }

  private final Database database;
  private final RefreshTokens refreshTokens;
  private final TokenIssuer tokens;
  private final Triggers triggers;
  private final ReusePolicy reuse;
  private final Clock clock;
  private final Meter meter;

  public RefreshFlow(
      Database database,
      RefreshTokens refreshTokens,
      TokenIssuer tokens,
      Triggers triggers,
      ReusePolicy reuse,
      Clock clock,
      Meter meter) {
    this.database = database;
    this.refreshTokens = refreshTokens;
    this.tokens = tokens;
    this.triggers = triggers;
    this.reuse = reuse;
    this.clock = clock;
    this.meter = meter;
  }

  /** A refresh token's family and its user. */
  private record Found(Family family, User user, int generation) {}

  /** REFRESH_TOKEN_AUTH; a client with rotation refreshes by GetTokensFromRefreshToken only. */
  AuthStep begin(AuthRequest request) {
    AppClient client = request.client();
    if (client.rotation().isPresent()) {
      throw Why.REFRESH_TOKEN_INVALID.refusal();
    }
    if (!client.flows().contains(AppClient.Flow.REFRESH)) {
      throw Why.FLOW_NOT_ENABLED.refusal("REFRESH_TOKEN_AUTH");
    }
    Parameters parameters = new Parameters(request.parameters());
    String token = parameters.required("REFRESH_TOKEN");
    if (!client.secrets().isEmpty() && parameters.optional("SECRET_HASH").isEmpty()) {
      throw Why.SECRET_HASH_MISSING.refusal(client.id());
    }
    Found found = find(request.pool(), client, token);
    // the hash covers the stored username or the sub; an alias typed earlier is not accepted
    // (auth.md §1)
    ClientProof.checkHash(
        client,
        parameters.optional("SECRET_HASH"),
        List.of(found.user().username(), found.user().sub()));
    return new AuthStep.Authenticated(renew(request.pool(), client, found, request.metadata()));
  }

  /**
   * GetTokensFromRefreshToken, after the client's secret was checked.
   *
   * @throws dev.gatehouse.kernel.Refusal REFRESH_TOKEN_…, USER_DISABLED
   */
  public Tokens refresh(Pool pool, AppClient client, String token, Map<String, String> metadata) {
    UnsupportedSettings.check(pool, "GetTokensFromRefreshToken");
    Found found = find(pool, client, token);
    Optional<Duration> grace = client.rotation();
    if (grace.isEmpty()) {
      return renew(pool, client, found, metadata);
    }
    Family inForce = rotate(found, grace.get());
    Tokens renewed =
        renew(pool, client, new Found(inForce, found.user(), inForce.generation()), metadata);
    return new Tokens(
        renewed.accessToken(),
        renewed.idToken(),
        refreshTokens.write(inForce, inForce.generation()),
        renewed.accessTokenLife());
  }

  private Tokens renew(Pool pool, AppClient client, Found found, Map<String, String> metadata) {
    triggers.preTokenGeneration(
        Triggers.Event.about(pool, client, found.user(), metadata),
        "TokenGeneration_RefreshTokens");
    meter.count("refreshes_total", "result", "ok");
    return tokens.renew(pool, client, found.user(), found.family());
  }

  private Found find(Pool pool, AppClient client, String token) {
    // 1. a token that we made for this pool and client
    RefreshTokens.Presented presented =
        refreshTokens
            .read(pool.id(), client.id(), token)
            .orElseThrow(() -> Why.REFRESH_TOKEN_INVALID.refusal());
    // 2. its family, which goes with its user
    Found found =
        database.read(handle -> {
          Family family =
              FamilyStore.find(handle, pool.id(), presented.originJti())
                  .orElseThrow(() -> Why.REFRESH_TOKEN_INVALID.refusal());
          User user =
              UserStore.find(handle, pool.id(), family.sub())
                  .orElseThrow(() -> Why.REFRESH_TOKEN_INVALID.refusal());
          return new Found(family, user, presented.generation());
        });
    if (!found.user().enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    if (found.family().revoked()) {
      throw Why.REFRESH_TOKEN_REVOKED.refusal();
    }
    if (!found.family().expires().isAfter(clock.now())) {
      throw Why.REFRESH_TOKEN_EXPIRED.refusal();
    }
    // 3. a generation never handed out cannot carry our hash; rotation switched off later leaves
    // old ones behind
    if (client.rotation().isEmpty() && found.generation() != found.family().generation()) {
      throw Why.REFRESH_TOKEN_INVALID.refusal();
    }
    return found;
  }

  /**
   * Moves the family on; the generation just before, within the grace period, gets the one in
   * force.
   */
  private Family rotate(Found found, Duration grace) {
    Family family = found.family();
    Instant now = clock.now();
    if (found.generation() == family.generation()) {
      boolean moved =
          database.write(handle ->
              FamilyStore.rotate(
                  handle, family.poolId(), family.originJti(), family.generation(), now));
      if (moved) {
        return next(family, now);
      }
      // another refresh was faster, or it was revoked: judge by what is there now
      Family present =
          database
              .read(handle -> FamilyStore.find(handle, family.poolId(), family.originJti()))
              .filter(there -> !there.revoked())
              .orElseThrow(() -> Why.REFRESH_TOKEN_REVOKED.refusal());
      return withinGrace(present, found.generation(), grace, now);
    }
    return withinGrace(family, found.generation(), grace, now);
  }

  private Family withinGrace(Family present, int generation, Duration grace, Instant now) {
    boolean justBefore = generation == present.generation() - 1;
    if (justBefore && now.isBefore(present.rotated().plus(grace))) {
      return present;
    }
    meter.count("refreshes_total", "result", "reuse");
    if (reuse == ReusePolicy.REVOKE) {
      database.write(handle -> {
        FamilyStore.revoke(handle, present.poolId(), present.originJti());
        return present;
      });
    }
    throw Why.REFRESH_TOKEN_REUSED.refusal();
  }

  private static Family next(Family family, Instant now) {
    return new Family(
        family.poolId(),
        family.originJti(),
        family.clientId(),
        family.sub(),
        family.eventId(),
        family.authTime(),
        family.scope(),
        family.expires(),
        family.generation() + 1,
        now,
        false,
        family.assurance());
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.DeviceStore;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.group.Membership;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.Origin;
import dev.gatehouse.userpool.token.RefreshTokens;
import dev.gatehouse.userpool.token.TokenContent;
import dev.gatehouse.userpool.token.TokenIssuer;
import dev.gatehouse.userpool.token.TokenSession;
import dev.gatehouse.userpool.token.TokenSessions;
import dev.gatehouse.userpool.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refresh (auth.md §10, tokens.md §6): REFRESH_TOKEN_AUTH without rotation,
 * GetTokensFromRefreshToken with or without. Three statements to read and two signatures; a
 * rotation writes one row, and where sessions are tracked every refresh does.
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
  private record Found(Family family, User user, List<Membership> memberships, int generation) {
    Found with(Family inForce) {
      return new Found(inForce, user, memberships, inForce.generation());
    }
  }

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
    Found found = find(request.pool(), client, token, parameters.optional("DEVICE_KEY"));
    // the hash covers the stored username or the sub; an alias typed earlier is not accepted
    // (auth.md §1)
    ClientProof.checkHash(
        client,
        parameters.optional("SECRET_HASH"),
        List.of(found.user().username(), found.user().sub()));
    return new AuthStep.Authenticated(
        renew(
            request.pool(),
            client,
            seen(request.pool(), found, request.origin()),
            request.clientMetadata()));
  }

  /**
   * GetTokensFromRefreshToken, after the client's secret was checked.
   *
   * @param deviceKey empty for none
   * @throws dev.gatehouse.kernel.Refusal REFRESH_TOKEN_…, USER_DISABLED
   */
  public Tokens refresh(
      Pool pool,
      AppClient client,
      String token,
      String deviceKey,
      Origin origin,
      Map<String, String> metadata) {
    UnsupportedSettings.check(pool, "GetTokensFromRefreshToken");
    Found found = find(pool, client, token, deviceKey);
    Optional<Duration> grace = client.rotation();
    if (grace.isEmpty()) {
      return renew(pool, client, seen(pool, found, origin), metadata);
    }
    // a token that is too old asks no function; a function that refuses uses no token up
    if (found.generation() != found.family().generation()) {
      withinGrace(found.family(), found.generation(), grace.get(), clock.now());
    }
    TokenContent content = content(pool, client, found, metadata);
    Family inForce = rotate(pool, found, grace.get(), origin);
    Tokens renewed = tokens.renew(pool, client, found.user(), inForce, content);
    meter.count("refreshes_total", "result", "ok");
    return new Tokens(
        renewed.accessToken(),
        renewed.idToken(),
        refreshTokens.write(inForce, inForce.generation()),
        renewed.accessTokenLife());
  }

  /** Notes the refresh where the pool tracks sessions; for other pools nothing is written. */
  private Found seen(Pool pool, Found found, Origin origin) {
    Family active = tokens.active(pool, found.family(), origin);
    if (active.session() == null) {
      return found.with(active);
    }
    TokenSession session =
        database
            .write(handle -> TokenSessions.touch(handle, pool, active))
            .orElseThrow(() -> Why.REFRESH_TOKEN_REVOKED.refusal());
    return found.with(active.withSession(session));
  }

  private Tokens renew(Pool pool, AppClient client, Found found, Map<String, String> metadata) {
    TokenContent content = content(pool, client, found, metadata);
    meter.count("refreshes_total", "result", "ok");
    return tokens.renew(pool, client, found.user(), found.family(), content);
  }

  private TokenContent content(
      Pool pool, AppClient client, Found found, Map<String, String> metadata) {
    return triggers.preTokenGeneration(
        Triggers.Event.about(pool, client, found.user(), metadata),
        "TokenGeneration_RefreshTokens",
        TokenContent.of(found.memberships(), found.family().scope()));
  }

  private Found find(Pool pool, AppClient client, String token, String deviceKey) {
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
          return new Found(
              family,
              user,
              MemberStore.ofUser(handle, pool.id(), user.sub()),
              presented.generation());
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
    // 4. the device that it was issued to, which its user must have confirmed
    if (!fromItsDevice(pool, found.family(), deviceKey)) {
      throw Why.REFRESH_TOKEN_INVALID.refusal();
    }
    return found;
  }

  private boolean fromItsDevice(Pool pool, Family family, String presented) {
    String bound = family.deviceKey();
    if (bound == null || !pool.devices().tracked()) {
      return true;
    }
    return bound.equals(presented)
        && database.read(
            handle -> DeviceStore.find(handle, pool.id(), family.sub(), bound).isPresent());
  }

  /**
   * Moves the family on; the generation just before, within the grace period, gets the one in
   * force.
   */
  private Family rotate(Pool pool, Found found, Duration grace, Origin origin) {
    Family family = found.family();
    Instant now = clock.now();
    if (found.generation() == family.generation()) {
      Family next = tokens.active(pool, family, origin).rotated(now);
      if (database.<Boolean>write(handle -> FamilyStore.rotate(handle, next))) {
        return next;
      }
      // another refresh was faster, or it was revoked: judge by what is there now
      Family present =
          database
              .read(handle -> FamilyStore.find(handle, family.poolId(), family.originJti()))
              .filter(there -> !there.revoked())
              .orElseThrow(() -> Why.REFRESH_TOKEN_REVOKED.refusal());
      return seen(pool, found.with(withinGrace(present, found.generation(), grace, now)), origin)
          .family();
    }
    return seen(pool, found.with(withinGrace(family, found.generation(), grace, now)), origin)
        .family();
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
}

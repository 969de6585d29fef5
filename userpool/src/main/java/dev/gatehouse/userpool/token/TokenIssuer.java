package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.ClaimValue;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Makes ID, access and refresh tokens (tokens.md §2, §3): two signatures. What they say is decided
 * before, in a {@link TokenContent}.
 */
public final class TokenIssuer {
  /** The scope of every token that an API sign-in makes. */
  public static final String ADMIN_SCOPE = "aws.cognito.signin.user.admin";

  private final SigningKeys keys;
  private final TokenSigner signer;
  private final RefreshTokens refreshTokens;
  private final Issuers issuers;
  private final Database database;
  private final SessionClaim sessionClaim;
  private final Clock clock;
  private final Ids ids;

  public TokenIssuer(
      SigningKeys keys,
      TokenSigner signer,
      RefreshTokens refreshTokens,
      Issuers issuers,
      Database database,
      SessionClaim sessionClaim,
      Clock clock,
      Ids ids) {
    this.keys = keys;
    this.signer = signer;
    this.refreshTokens = refreshTokens;
    this.issuers = issuers;
    this.database = database;
    this.sessionClaim = sessionClaim;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * The family that a sign-in through the API begins; to be written before tokens are issued from
   * it.
   */
  public Family newFamily(Pool pool, AppClient client, User user, Origin origin) {
    Instant now = clock.now();
    return new Family(
        user.poolId(),
        ids.uuid(),
        client.id(),
        user.sub(),
        ids.uuid(),
        now,
        ADMIN_SCOPE,
        now.plus(client.refreshTokenLife()),
        0,
        Instant.EPOCH,
        false,
        null,
        pool.tracking().since() == null ? null : newSession(origin, now),
        Assurance.UNKNOWN);
  }

  private TokenSession newSession(Origin origin, Instant now) {
    return new TokenSession(
        ids.tokenSession(), now, now, DeviceType.of(origin.userAgent()), origin.address());
  }

  /**
   * The family as a refresh from there makes it: where the pool tracks sessions, it is one that was
   * active now, the one it was if it was one.
   */
  public Family active(Pool pool, Family family, Origin origin) {
    Long since = pool.tracking().since();
    if (since == null) {
      return family.withSession(null);
    }
    TokenSession fresh = newSession(origin, clock.now());
    TokenSession present = family.session();
    return family.withSession(
        present == null || present.lastActive().toEpochMilli() < since
            ? fresh
            : new TokenSession(
                present.id(),
                present.created(),
                fresh.lastActive(),
                fresh.deviceType(),
                fresh.address()));
  }

  /** What the tokens of a sign-in will say: one statement. */
  public TokenContent content(Family family) {
    return TokenContent.of(
        database.read(handle -> MemberStore.ofUser(handle, family.poolId(), family.sub())),
        family.scope());
  }

  /** All three tokens. */
  public Tokens issue(Pool pool, AppClient client, User user, Family family, TokenContent content) {
    Tokens tokens = renew(pool, client, user, family, content);
    return new Tokens(
        tokens.accessToken(),
        tokens.idToken(),
        refreshTokens.write(family, family.generation()),
        tokens.accessTokenLife());
  }

  /**
   * ID and access token from the user's present attributes; what belongs to the sign-in comes from
   * the family.
   */
  public Tokens renew(Pool pool, AppClient client, User user, Family family, TokenContent content) {
    Issue issue = new Issue(pool, client, user, family, content, clock.now());
    SigningKeys.Pair pair = keys.signing(pool.id());
    return new Tokens(
        signer.sign(pair.access(), accessClaims(issue)),
        signer.sign(pair.id(), idClaims(issue)),
        null,
        client.accessTokenLife());
  }

  /** One pair of tokens on its way. */
  private record Issue(
      Pool pool, AppClient client, User user, Family family, TokenContent content, Instant now) {
    /** A tracked session is revoked one by one whatever the client says (new-2026.md §1.5). */
    boolean revocable() {
      return client.revocation() || family.session() != null;
    }
  }

  private Claims accessClaims(Issue issue) {
    Claims.Builder claims = Claims.builder().put("sub", issue.user().sub());
    if (issue.family().deviceKey() != null) {
      claims.put("device_key", issue.family().deviceKey());
    }
    putSome(claims, "cognito:groups", issue.content().groups());
    claims.put("iss", issuers.of(issue.pool())).put("client_id", issue.client().id());
    if (issue.revocable()) {
      claims.put("origin_jti", issue.family().originJti());
    }
    putSession(claims, issue.family());
    putAssurance(claims, issue);
    claims.put("event_id", issue.family().eventId()).put("token_use", "access");
    // without a scope there is no claim either (RFC 9068 §2.2.3)
    if (!issue.content().scopes().isEmpty()) {
      claims.put("scope", String.join(" ", issue.content().scopes()));
    }
    claims
        .put("auth_time", issue.family().authTime().getEpochSecond())
        .put("exp", issue.now().plus(issue.client().accessTokenLife()).getEpochSecond())
        .put("iat", issue.now().getEpochSecond())
        .put("jti", ids.uuid())
        .put("username", issue.user().username());
    return issue.content().accessChanges().ofAccessToken(claims, issue.client().id());
  }

  private Claims idClaims(Issue issue) {
    Claims.Builder claims = Claims.builder().put("sub", issue.user().sub());
    TokenContent content = issue.content();
    putSome(claims, "cognito:groups", content.groups());
    for (Map.Entry<String, String> attribute : issue.user().attributes().entrySet()) {
      String name = attribute.getKey();
      if (issue.client().reads(name) && !attribute.getValue().isEmpty()) {
        putAttribute(claims, name, attribute.getValue());
      }
    }
    if (content.preferredRole() != null) {
      claims.put("cognito:preferred_role", content.preferredRole());
    }
    claims.put("iss", issuers.of(issue.pool())).put("cognito:username", issue.user().username());
    if (issue.revocable()) {
      claims.put("origin_jti", issue.family().originJti());
    }
    putSession(claims, issue.family());
    putSome(claims, "cognito:roles", content.roles());
    putAssurance(claims, issue);
    claims
        .put("aud", issue.client().id())
        .put("event_id", issue.family().eventId())
        .put("token_use", "id")
        .put("auth_time", issue.family().authTime().getEpochSecond())
        .put("exp", issue.now().plus(issue.client().idTokenLife()).getEpochSecond())
        .put("iat", issue.now().getEpochSecond());
    if (issue.revocable()) {
      claims.put("jti", ids.uuid());
    }
    return content.idChanges().ofIdToken(claims);
  }

  private void putSession(Claims.Builder claims, Family family) {
    if (family.session() != null && sessionClaim == SessionClaim.SID) {
      claims.put("sid", family.session().id());
    }
  }

  private static void putSome(Claims.Builder claims, String name, List<String> values) {
    if (!values.isEmpty()) {
      claims.put(name, values);
    }
  }

  /** {@code acr} by the pool's present name of the level, and {@code amr} (new-2026.md §2.1). */
  private static void putAssurance(Claims.Builder claims, Issue issue) {
    Assurance assurance = issue.family().assurance();
    if (assurance.level() > 0) {
      claims
          .put("acr", issue.pool().levels().name(assurance.level()))
          .put("amr", ClaimValue.Items.ofTexts(assurance.methods()));
    }
  }

  /**
   * Attributes travel as strings, but for the verified flags, the address and the time of the last
   * change (tokens.md §2).
   */
  private static void putAttribute(Claims.Builder claims, String name, String value) {
    switch (name) {
      case "email_verified", "phone_number_verified" ->
          claims.put(name, value.equalsIgnoreCase("true"));
      case "address" ->
          claims.put(
              name, new ClaimValue.Members(Claims.builder().put("formatted", value).build()));
      case "updated_at" -> putNumber(claims, name, value);
      default -> claims.put(name, value);
    }
  }

  private static void putNumber(Claims.Builder claims, String name, String value) {
    try {
      claims.put(name, Long.parseLong(value));
    } catch (NumberFormatException fraction) {
      claims.put(name, value);
    }
  }
}

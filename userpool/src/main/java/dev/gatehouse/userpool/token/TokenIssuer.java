package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.ClaimValue;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.Map;

/** Makes ID, access and refresh tokens (tokens.md §2, §3): two signatures, no statement. */
public final class TokenIssuer {
  /** The scope of every token that an API sign-in makes. */
  public static final String ADMIN_SCOPE = "aws.cognito.signin.user.admin";

  private final SigningKeys keys;
  private final TokenSigner signer;
  private final RefreshTokens refreshTokens;
  private final Issuers issuers;
  private final Clock clock;
  private final Ids ids;

  public TokenIssuer(
      SigningKeys keys,
      TokenSigner signer,
      RefreshTokens refreshTokens,
      Issuers issuers,
      Clock clock,
      Ids ids) {
    this.keys = keys;
    this.signer = signer;
    this.refreshTokens = refreshTokens;
    this.issuers = issuers;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * The family that a sign-in through the API begins; to be written before tokens are issued from
   * it.
   */
  public Family newFamily(AppClient client, User user) {
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
        Assurance.UNKNOWN);
  }

  /** All three tokens. */
  public Tokens issue(Pool pool, AppClient client, User user, Family family) {
    Tokens tokens = renew(pool, client, user, family);
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
  public Tokens renew(Pool pool, AppClient client, User user, Family family) {
    SigningKeys.Pair pair = keys.signing(pool.id());
    Instant now = clock.now();
    return new Tokens(
        signer.sign(pair.access(), accessClaims(pool, client, user, family, now)),
        signer.sign(pair.id(), idClaims(pool, client, user, family, now)),
        null,
        client.accessTokenLife());
  }

  private Claims accessClaims(Pool pool, AppClient client, User user, Family family, Instant now) {
    Claims.Builder claims =
        Claims.builder()
            .put("sub", user.sub())
            .put("iss", issuers.of(pool))
            .put("client_id", client.id());
    if (client.revocation()) {
      claims.put("origin_jti", family.originJti());
    }
    putAssurance(claims, pool, family);
    return claims
        .put("event_id", family.eventId())
        .put("token_use", "access")
        .put("scope", family.scope())
        .put("auth_time", family.authTime().getEpochSecond())
        .put("exp", now.plus(client.accessTokenLife()).getEpochSecond())
        .put("iat", now.getEpochSecond())
        .put("jti", ids.uuid())
        .put("username", user.username())
        .build();
  }

  private Claims idClaims(Pool pool, AppClient client, User user, Family family, Instant now) {
    Claims.Builder claims = Claims.builder().put("sub", user.sub());
    for (Map.Entry<String, String> attribute : user.attributes().entrySet()) {
      String name = attribute.getKey();
      if (client.reads(name) && !attribute.getValue().isEmpty()) {
        putAttribute(claims, name, attribute.getValue());
      }
    }
    claims.put("iss", issuers.of(pool)).put("cognito:username", user.username());
    if (client.revocation()) {
      claims.put("origin_jti", family.originJti());
    }
    putAssurance(claims, pool, family);
    claims
        .put("aud", client.id())
        .put("event_id", family.eventId())
        .put("token_use", "id")
        .put("auth_time", family.authTime().getEpochSecond())
        .put("exp", now.plus(client.idTokenLife()).getEpochSecond())
        .put("iat", now.getEpochSecond());
    if (client.revocation()) {
      claims.put("jti", ids.uuid());
    }
    return claims.build();
  }

  /** {@code acr} by the pool's present name of the level, and {@code amr} (new-2026.md §2.1). */
  private static void putAssurance(Claims.Builder claims, Pool pool, Family family) {
    Assurance assurance = family.assurance();
    if (assurance.level() > 0) {
      claims
          .put("acr", pool.levels().name(assurance.level()))
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

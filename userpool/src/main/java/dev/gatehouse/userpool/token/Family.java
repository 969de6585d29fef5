package dev.gatehouse.userpool.token;

import java.time.Instant;

/**
 * A refresh token family: one authentication of one client. Only this row is stored, never a token
 * (design.md §5).
 *
 * @param originJti the family's id, a UUID text; {@code origin_jti} of its tokens
 * @param scope blank-separated
 * @param generation of the refresh token in force
 * @param rotated when the generation last moved; the epoch = never
 * @param assurance what the authentication has shown
 */
public record Family(
    String poolId,
    String originJti,
    String clientId,
    String sub,
    String eventId,
    Instant authTime,
    String scope,
    Instant expires,
    int generation,
    Instant rotated,
    boolean revoked,
    Assurance assurance) {
  /** The same, begun by a sign-in that has shown this. */
  public Family shown(Assurance shown) {
    return new Family(
        poolId,
        originJti,
        clientId,
        sub,
        eventId,
        authTime,
        scope,
        expires,
        generation,
        rotated,
        revoked,
        shown);
  }
}

package dev.gatehouse.userpool.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token family: one authentication of one client. Only this row is stored, never a token
 * (design.md §5).
 *
 * @param originJti the family's id, a UUID text; {@code origin_jti} of its tokens
 * @param scope blank-separated
 * @param generation of the refresh token in force
 * @param rotated when the generation last moved; the epoch = never
 * @param deviceKey the device that its tokens are bound to; null when the pool tracked none
 * @param session what session tracking keeps of it; null where it is off, or was at the last
 *     refresh
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
    @Nullable String deviceKey,
    @Nullable TokenSession session,
    Assurance assurance) {
  /**
   * The family as a sign-in begins it.
   *
   * @param event {@code event_id}
   * @param device that its tokens are bound to; null for none
   * @param shown what the sign-in has shown
   */
  public Family ofSignIn(String event, @Nullable String device, Assurance shown) {
    return new Family(
        poolId,
        originJti,
        clientId,
        sub,
        event,
        authTime,
        scope,
        expires,
        generation,
        rotated,
        revoked,
        device,
        session,
        shown);
  }

  public Family withSession(@Nullable TokenSession next) {
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
        deviceKey,
        next,
        assurance);
  }

  /** The family after a rotation. */
  public Family rotated(Instant now) {
    return new Family(
        poolId,
        originJti,
        clientId,
        sub,
        eventId,
        authTime,
        scope,
        expires,
        generation + 1,
        now,
        revoked,
        deviceKey,
        session,
        assurance);
  }
}

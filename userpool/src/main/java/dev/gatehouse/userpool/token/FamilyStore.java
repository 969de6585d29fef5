package dev.gatehouse.userpool.token;

import dev.gatehouse.userpool.directory.UserStatus;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Table {@code family}. */
public final class FamilyStore {
  private static final RowMapper<Family> FAMILY =
      (row, context) ->
          new Family(
              row.getString("pool_id"),
              row.getString("origin_jti"),
              row.getString("client_id"),
              row.getString("sub"),
              row.getString("event_id"),
              Instant.ofEpochMilli(row.getLong("auth_time")),
              row.getString("scope"),
              Instant.ofEpochMilli(row.getLong("expires")),
              row.getInt("generation"),
              Instant.ofEpochMilli(row.getLong("rotated")),
              row.getInt("revoked") == 1,
              Assurance.of(row.getString("assurance")));

  private FamilyStore() {}

  /**
   * Begins a family, and with it signs the user in: only if the user is still enabled, still in the
   * status that the flow saw, and not locked out.
   *
   * @param byCode whether a code was among what the sign-in showed, so that the lock-out after
   *     wrong codes counts too
   * @return false when one of the three no longer holds
   */
  public static boolean begin(Handle handle, Family family, UserStatus status, boolean byCode) {
    return handle
            .createUpdate(
                """
                INSERT INTO family (pool_id, origin_jti, client_id, sub, event_id, auth_time, scope, expires, generation, rotated, revoked, assurance)
                SELECT u.pool_id, :family, :client, u.sub, :event, :authTime, :scope, :expires, 0, 0, 0, :assurance FROM pool_user u
                WHERE u.pool_id = :pool AND u.sub = :sub AND u.enabled = 1 AND u.status = :status AND NOT EXISTS (
                  SELECT 1 FROM attempt a WHERE a.pool_id = :pool AND a.sub = :sub AND a.until > :authTime AND (a.kind = 'PASSWORD' OR (a.kind = 'CODE' AND :byCode = 1)))
                """)
            .bind("pool", family.poolId())
            .bind("family", family.originJti())
            .bind("client", family.clientId())
            .bind("sub", family.sub())
            .bind("event", family.eventId())
            .bind("authTime", family.authTime().toEpochMilli())
            .bind("scope", family.scope())
            .bind("expires", family.expires().toEpochMilli())
            .bind("assurance", family.assurance().text())
            .bind("status", status.name())
            .bind("byCode", byCode ? 1 : 0)
            .execute()
        == 1;
  }

  public static Optional<Family> find(Handle handle, String poolId, String originJti) {
    return handle
        .createQuery("SELECT * FROM family WHERE pool_id = :pool AND origin_jti = :family")
        .bind("pool", poolId)
        .bind("family", originJti)
        .map(FAMILY)
        .findOne();
  }

  /**
   * Moves the family to its next generation, if {@code generation} is still in force and the family
   * is not revoked.
   *
   * @return false when another refresh has moved it or it was revoked
   */
  public static boolean rotate(
      Handle handle, String poolId, String originJti, int generation, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE family SET generation = generation + 1, rotated = :now
                WHERE pool_id = :pool AND origin_jti = :family AND generation = :generation AND revoked = 0
                """)
            .bind("pool", poolId)
            .bind("family", originJti)
            .bind("generation", generation)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  public static void revoke(Handle handle, String poolId, String originJti) {
    handle
        .createUpdate(
            "UPDATE family SET revoked = 1 WHERE pool_id = :pool AND origin_jti = :family AND revoked = 0")
        .bind("pool", poolId)
        .bind("family", originJti)
        .execute();
  }

  /** Ends all sign-ins of a user: global sign-out, disabling. */
  public static void revokeAll(Handle handle, String poolId, String sub) {
    handle
        .createUpdate(
            "UPDATE family SET revoked = 1 WHERE pool_id = :pool AND sub = :sub AND revoked = 0")
        .bind("pool", poolId)
        .bind("sub", sub)
        .execute();
  }

  /**
   * Takes away families whose refresh token expired before {@code before}; the caller leaves a day,
   * the longest life of an access token, after the expiry.
   */
  public static int sweep(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM family WHERE (pool_id, origin_jti) IN (
              SELECT pool_id, origin_jti FROM family WHERE expires < :before LIMIT :most)
            """)
        .bind("before", before.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}

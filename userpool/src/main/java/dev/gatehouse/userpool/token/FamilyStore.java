package dev.gatehouse.userpool.token;

import dev.gatehouse.userpool.directory.UserStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Table {@code family}. */
public final class FamilyStore {
  /** What is set when nothing of a session is kept any more. */
  static final String NO_SESSION =
      "session_id = NULL, session_created = NULL, last_active = NULL, device_type = NULL, last_address = NULL";

  /** With a family goes what session tracking kept of it. */
  static final String REVOKE = "UPDATE family SET revoked = 1, " + NO_SESSION;

  static final RowMapper<Family> FAMILY =
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
              row.getString("device_key"),
              session(row),
              Assurance.of(row.getString("assurance")));

  private FamilyStore() {}

  private static @Nullable TokenSession session(ResultSet row) throws SQLException {
    String id = row.getString("session_id");
    return id == null
        ? null
        : new TokenSession(
            id,
            Instant.ofEpochMilli(row.getLong("session_created")),
            Instant.ofEpochMilli(row.getLong("last_active")),
            row.getString("device_type"),
            row.getString("last_address"));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, @Nullable TokenSession session) {
    return statement
        .bind("session", session == null ? null : session.id())
        .bind("created", session == null ? null : Long.valueOf(session.created().toEpochMilli()))
        .bind("active", session == null ? null : Long.valueOf(session.lastActive().toEpochMilli()))
        .bind("device", session == null ? null : session.deviceType())
        .bind("address", session == null ? null : session.address());
  }

  /**
   * Begins a family, and with it signs the user in: only if the user is still enabled, still in the
   * status that the flow saw, and not locked out.
   *
   * @param byCode whether a code was among what the sign-in showed, so that the lock-out after
   *     wrong codes counts too
   * @return false when one of the three no longer holds
   */
  public static boolean begin(Handle handle, Family family, UserStatus status, boolean byCode) {
    return bind(
                handle.createUpdate(
                    """
                    INSERT INTO family (pool_id, origin_jti, client_id, sub, event_id, auth_time, scope, expires, generation, rotated,
                      revoked, device_key, assurance, session_id, session_created, last_active, device_type, last_address)
                    SELECT u.pool_id, :family, :client, u.sub, :event, :authTime, :scope, :expires, 0, 0,
                      0, :deviceKey, :assurance, :session, CAST(:created AS BIGINT), CAST(:active AS BIGINT), :device, :address
                    FROM pool_user u
                    WHERE u.pool_id = :pool AND u.sub = :sub AND u.enabled = 1 AND u.status = :status AND NOT EXISTS (
                      SELECT 1 FROM attempt a WHERE a.pool_id = :pool AND a.sub = :sub AND a.until > :authTime
                        AND (a.kind = 'PASSWORD' OR (a.kind = 'CODE' AND :byCode = 1)))
                    """),
                family.session())
            .bind("pool", family.poolId())
            .bind("family", family.originJti())
            .bind("client", family.clientId())
            .bind("sub", family.sub())
            .bind("event", family.eventId())
            .bind("authTime", family.authTime().toEpochMilli())
            .bind("scope", family.scope())
            .bind("expires", family.expires().toEpochMilli())
            .bind("deviceKey", family.deviceKey())
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
   * Moves the family to the generation that {@code next} has, if the one before is still in force
   * and the family is not revoked; with it what session tracking keeps.
   *
   * @return false when another refresh has moved it or it was revoked
   */
  public static boolean rotate(Handle handle, Family next) {
    return bind(
                handle.createUpdate(
                    """
                    UPDATE family SET generation = :generation, rotated = :now, session_id = :session,
                      session_created = CAST(:created AS BIGINT), last_active = CAST(:active AS BIGINT), device_type = :device,
                      last_address = :address
                    WHERE pool_id = :pool AND origin_jti = :family AND generation = :before AND revoked = 0
                    """),
                next.session())
            .bind("pool", next.poolId())
            .bind("family", next.originJti())
            .bind("generation", next.generation())
            .bind("before", next.generation() - 1)
            .bind("now", next.rotated().toEpochMilli())
            .execute()
        == 1;
  }

  public static void revoke(Handle handle, String poolId, String originJti) {
    handle
        .createUpdate(REVOKE + " WHERE pool_id = :pool AND origin_jti = :family AND revoked = 0")
        .bind("pool", poolId)
        .bind("family", originJti)
        .execute();
  }

  /** Ends the sign-ins that are bound to a device. */
  public static void revokeOfDevice(Handle handle, String poolId, String sub, String deviceKey) {
    handle
        .createUpdate(
            "UPDATE family SET revoked = 1 WHERE pool_id = :pool AND sub = :sub AND device_key = :device AND revoked = 0")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("device", deviceKey)
        .execute();
  }

  /** Ends all sign-ins of a user: global sign-out, disabling. */
  public static void revokeAll(Handle handle, String poolId, String sub) {
    handle
        .createUpdate(REVOKE + " WHERE pool_id = :pool AND sub = :sub AND revoked = 0")
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

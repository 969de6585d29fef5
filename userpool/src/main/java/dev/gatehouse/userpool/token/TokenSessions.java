package dev.gatehouse.userpool.token;

import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The token sessions in table {@code family}, of pools with session tracking (new-2026.md §1). A
 * session is there while its family is neither revoked nor expired and tracking has not been turned
 * off since. Each method is for pools that track; of others nothing is asked.
 */
public final class TokenSessions {
  /** A user's sessions among the user's families. */
  private static final String ACTIVE =
      " FROM family WHERE pool_id = :pool AND sub = :sub AND session_id IS NOT NULL AND last_active >= :since"
          + " AND revoked = 0 AND expires > :now";

  private static final int ALL = 1_000_000;

  private TokenSessions() {}

  /**
   * Makes room for the session that {@code begun} is: those that were used least recently are
   * revoked, until with the new one the user has no more than the pool allows. Two sign-ins at once
   * may end with one too many; the next one puts that right.
   */
  public static void evict(Handle handle, Pool pool, Family begun) {
    TokenSession session = begun.session();
    if (session == null) {
      return;
    }
    bound(
            handle.createUpdate(
                FamilyStore.REVOKE
                    + " WHERE pool_id = :pool AND origin_jti IN (SELECT origin_jti"
                    + ACTIVE
                    + " ORDER BY last_active DESC, origin_jti LIMIT :all OFFSET :kept)"),
            pool,
            begun.sub(),
            session.lastActive())
        .bind("all", ALL)
        .bind("kept", pool.tracking().mostPerUser() - 1)
        .execute();
  }

  /**
   * Notes a refresh: when, from where, with what. A family from before tracking becomes the session
   * that {@code family} holds; one that is a session keeps its id.
   *
   * @return the session as it is now; empty when the family was revoked meanwhile
   */
  public static Optional<TokenSession> touch(Handle handle, Pool pool, Family family) {
    TokenSession session = Objects.requireNonNull(family.session());
    return handle
        .createQuery(
            """
            UPDATE family SET
              session_id = CASE WHEN session_id IS NOT NULL AND last_active >= :since THEN session_id ELSE :session END,
              session_created = CASE WHEN session_id IS NOT NULL AND last_active >= :since THEN session_created ELSE :created END,
              last_active = :active, device_type = :device, last_address = :address
            WHERE pool_id = :pool AND origin_jti = :family AND revoked = 0
            RETURNING session_id, session_created
            """)
        .bind("since", pool.tracking().since())
        .bind("session", session.id())
        .bind("created", session.created().toEpochMilli())
        .bind("active", session.lastActive().toEpochMilli())
        .bind("device", session.deviceType())
        .bind("address", session.address())
        .bind("pool", family.poolId())
        .bind("family", family.originJti())
        .map((row, context) ->
            new TokenSession(
                row.getString("session_id"),
                Instant.ofEpochMilli(row.getLong("session_created")),
                session.lastActive(),
                session.deviceType(),
                session.address()))
        .findOne();
  }

  /**
   * Where a page of sessions ended.
   *
   * @param created milliseconds since the epoch
   */
  public record Position(long created, String originJti) {
    private static final Position START = new Position(Long.MAX_VALUE, "");
  }

  /** A user's sessions, the newest first. */
  public static List<Family> page(
      Handle handle, Pool pool, String sub, Instant now, @Nullable Position after, int most) {
    Position position = after == null ? Position.START : after;
    return bound(
            handle.createQuery(
                "SELECT *"
                    + ACTIVE
                    + " AND (session_created < :created OR (session_created = :created AND origin_jti > :family))"
                    + " ORDER BY session_created DESC, origin_jti LIMIT :most"),
            pool,
            sub,
            now)
        .bind("created", position.created())
        .bind("family", position.originJti())
        .bind("most", most)
        .map(FamilyStore.FAMILY)
        .list();
  }

  /** The user's session of this id. */
  public static Optional<Family> find(
      Handle handle, Pool pool, String sub, String sessionId, Instant now) {
    return bound(
            handle.createQuery("SELECT *" + ACTIVE + " AND session_id = :session"), pool, sub, now)
        .bind("session", sessionId)
        .map(FamilyStore.FAMILY)
        .findOne();
  }

  /**
   * Forgets what tracking kept of some of a pool's families, those after {@code after} by id.
   *
   * @return the id of the last one that was looked at; empty when none is left
   */
  public static Optional<String> forgetSome(Handle handle, String poolId, String after, int most) {
    List<String> some =
        handle
            .createQuery(
                "SELECT origin_jti FROM family WHERE pool_id = :pool AND origin_jti > :after ORDER BY origin_jti LIMIT :most")
            .bind("pool", poolId)
            .bind("after", after)
            .bind("most", most)
            .map((row, context) -> row.getString("origin_jti"))
            .list();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    handle
        .createUpdate(
            "UPDATE family SET "
                + FamilyStore.NO_SESSION
                + " WHERE pool_id = :pool AND origin_jti > :after AND origin_jti <= :last AND session_id IS NOT NULL")
        .bind("pool", poolId)
        .bind("after", after)
        .bind("last", some.getLast())
        .execute();
    return Optional.of(some.getLast());
  }

  private static <S extends SqlStatement<S>> S bound(
      S statement, Pool pool, String sub, Instant now) {
    return statement
        .bind("pool", pool.id())
        .bind("sub", sub)
        .bind("since", pool.tracking().since())
        .bind("now", now.toEpochMilli());
  }
}

package dev.gatehouse.userpool.event;

import dev.gatehouse.userpool.Documents;
import dev.gatehouse.userpool.event.AuthEvent.Answer;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.token.Origin;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Table {@code auth_event}. */
public final class AuthEventStore {
  /** Of a User-Agent, anybody's text. */
  private static final int LONGEST_DEVICE = 256;

  private AuthEventStore() {}

  private static String kept(String userAgent) {
    return userAgent.substring(0, Math.min(userAgent.length(), LONGEST_DEVICE));
  }

  /** The stored document. */
  record EventDocument(int v, Kind kind, List<Answer> answers, String address, String device) {}

  /** An event ready to be written: inside a write no JSON is built (design.md §5). */
  record Row(AuthEvent event, String doc) {
    static Row of(AuthEvent event) {
      EventDocument document =
          new EventDocument(
              1,
              event.kind(),
              event.answers(),
              event.origin().address(),
              kept(event.origin().userAgent()));
      return new Row(event, Documents.write(document));
    }
  }

  /**
   * Writes an event of a user; of a sign-in that is in progress, how it went on. No row for a sub
   * that nobody has: both cost one statement.
   */
  static void put(Handle handle, String poolId, String sub, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO auth_event (pool_id, sub, event_id, created, response, doc)
            SELECT u.pool_id, u.sub, :event, :created, :response, :doc FROM pool_user u WHERE u.pool_id = :pool AND u.sub = :sub
            ON CONFLICT (pool_id, sub, event_id) DO UPDATE SET response = :response, doc = :doc
            WHERE auth_event.response = 'IN_PROGRESS'
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("event", row.event().id())
        .bind("created", row.event().created().toEpochMilli())
        .bind("response", row.event().response().name())
        .bind("doc", row.doc())
        .execute();
  }

  /**
   * The user's events, the newest first.
   *
   * @param before those created before this moment, or then with a smaller id
   */
  public static List<AuthEvent> page(
      Handle handle, String poolId, String sub, Position before, int most) {
    return handle
        .createQuery(
            """
            SELECT event_id, created, response, doc FROM auth_event
            WHERE pool_id = :pool AND sub = :sub AND (created < :created OR (created = :created AND event_id < :event))
            ORDER BY created DESC, event_id DESC LIMIT :most
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("created", before.created())
        .bind("event", before.id())
        .bind("most", most)
        .map((row, context) -> {
          EventDocument document = Documents.read(row.getString("doc"), EventDocument.class);
          return new AuthEvent(
              row.getString("event_id"),
              document.kind(),
              Response.valueOf(row.getString("response")),
              Instant.ofEpochMilli(row.getLong("created")),
              document.answers(),
              new Origin(document.address(), document.device()));
        })
        .list();
  }

  /**
   * A place in the list.
   *
   * @param created milliseconds since the epoch
   */
  public record Position(long created, String id) {
    /** Before the newest event. */
    public static final Position START = new Position(Long.MAX_VALUE, "");

    public static Position of(AuthEvent event) {
      return new Position(event.created().toEpochMilli(), event.id());
    }
  }

  /** Takes away events created before {@code before}; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM auth_event WHERE (pool_id, sub, event_id) IN (
              SELECT pool_id, sub, event_id FROM auth_event WHERE created < :before LIMIT :most)
            """)
        .bind("before", before.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}

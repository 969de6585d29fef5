package dev.gatehouse.userpool.event;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.userpool.event.AuthEvent.Answer;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.Origin;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Prepares what is to be recorded. A pool without threat protection records nothing, at no cost
 * ({@link Pool#recordsEvents}). Attempts made during a lock-out are not recorded: the lock-out is
 * what bounds the table.
 */
public final class AuthEvents {
  private final Clock clock;
  private final Ids ids;

  public AuthEvents(Clock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** A part of the write that brings what happened. */
  @FunctionalInterface
  public interface Recording {
    Recording NOTHING = handle -> {};

    /** One statement; no row for a sub that no user has. */
    void write(Handle handle);
  }

  /** An event of its own; outside the write. */
  public Recording record(
      Pool pool, String sub, Kind kind, Response response, List<Answer> answers, Origin origin) {
    return pool.recordsEvents()
        ? recording(pool, sub, ids.uuid(), kind, response, answers, origin)
        : Recording.NOTHING;
  }

  /**
   * A sign-in, which has one event from its first right factor to its end.
   *
   * @param id {@code event_id} of its tokens
   */
  public Recording signIn(
      Pool pool, String sub, String id, Response response, List<Answer> answers, Origin origin) {
    return pool.recordsEvents()
        ? recording(pool, sub, id, Kind.SIGN_IN, response, answers, origin)
        : Recording.NOTHING;
  }

  private Recording recording(
      Pool pool,
      String sub,
      String id,
      Kind kind,
      Response response,
      List<Answer> answers,
      Origin origin) {
    AuthEventStore.Row row =
        AuthEventStore.Row.of(new AuthEvent(id, kind, response, clock.now(), answers, origin));
    return handle -> AuthEventStore.put(handle, pool.id(), sub, row);
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one thing more: uses up the step that was answered, forgets wrong guesses, sends the
 * code, all in one write, and seals the next state.
 */
final class NextChallenge {
  private final Database database;
  private final Sessions sessions;
  private final SignInEvents events;
  private final Clock clock;
  private final Meter meter;

  NextChallenge(
      Database database, Sessions sessions, SignInEvents events, Clock clock, Meter meter) {
    this.database = database;
    this.sessions = sessions;
    this.events = events;
    this.clock = clock;
    this.meter = meter;
  }

  Instant expires(AuthRequest request) {
    return clock.now().plus(request.client().sessionLife());
  }

  AuthStep ask(
      AuthRequest request, Evidence evidence, FlowState next, Map<String, String> parameters) {
    return ask(request, evidence, next, parameters, null);
  }

  /**
   * @param message the code that the challenge asks for; null when none is sent
   */
  AuthStep ask(
      AuthRequest request,
      Evidence evidence,
      FlowState next,
      Map<String, String> parameters,
      @Nullable Outgoing message) {
    String pool = request.pool().id();
    Instant now = clock.now();
    Recording recording =
        evidence.progress().proofs().isEmpty()
            ? Recording.NOTHING
            : events.inProgress(request, next.sub(), evidence.progress());
    boolean free =
        database.write(handle -> {
          use(handle, request, evidence);
          recording.write(handle);
          if (message != null) {
            if (!AttemptStore.count(handle, pool, next.sub(), AttemptLimit.SIGN_IN_CODE, now)) {
              throw Why.ATTEMPTS_EXCEEDED.refusal();
            }
            message.insert(handle);
          }
          // only who has shown something has the wrong guesses before it forgotten; what is only
          // credited is no guess of this sign-in
          return evidence.progress().shown()
              ? AttemptStore.pass(handle, pool, next.sub(), Guess.PASSWORD, now)
              : !AttemptStore.lockedUntil(handle, pool, next.sub(), Guess.PASSWORD).isAfter(now);
        });
    if (!free) {
      meter.count("sign_ins_total", "result", "locked_out");
      throw Why.LOCKED_OUT.refusal();
    }
    if (message != null) {
      message.committed();
    }
    return new AuthStep.Challenge(next.challenge(), parameters, sessions.seal(request, next));
  }

  /**
   * Asks for a first factor. Nothing has been shown yet, so no wrong guess is forgotten.
   *
   * @param available what the user may choose from
   */
  AuthStep offer(
      AuthRequest request,
      Evidence evidence,
      FlowState next,
      Map<String, String> parameters,
      List<String> available) {
    if (evidence.writes()) {
      database.write(handle -> {
        use(handle, request, evidence);
        return next;
      });
    }
    return new AuthStep.Challenge(
        next.challenge(), parameters, sessions.seal(request, next), available);
  }

  /** Uses up the step that was answered; a repeated answer finds it used. */
  static void use(Handle handle, AuthRequest request, Evidence evidence) {
    FlowState answered = evidence.answered();
    if (answered != null && !Sessions.use(handle, request.pool().id(), answered)) {
      throw answered instanceof FlowState.PasswordVerifier
              || answered instanceof FlowState.DeviceVerifier
          ? Why.WRONG_CREDENTIALS.refusal()
          : Why.SESSION_USED.refusal();
    }
    evidence.along().write(handle);
  }
}

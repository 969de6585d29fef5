package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.userpool.event.AuthEvent.Answer;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.token.Origin;
import java.util.HexFormat;
import java.util.List;

/**
 * What of a sign-in is recorded: one event from its first right factor on, which its end completes;
 * and one for each factor that was wrong.
 */
final class SignInEvents {
  private final AuthEvents events;

  SignInEvents(AuthEvents events) {
    this.events = events;
  }

  /** {@code event_id}: the flow's id in the form of a UUID. */
  static String eventId(Progress progress) {
    return Ids.uuidOf(HexFormat.of().parseHex(progress.flowId()));
  }

  /** More is asked for. */
  Recording inProgress(AuthRequest request, String sub, Progress progress) {
    return of(request, sub, progress, Response.IN_PROGRESS);
  }

  Recording passed(AuthRequest request, String sub, Progress progress) {
    return of(request, sub, progress, Response.PASS);
  }

  /** All that was asked for was right, and the user is not signed in. */
  Recording refused(AuthRequest request, String sub, Progress progress) {
    return of(request, sub, progress, Response.FAIL);
  }

  private Recording of(AuthRequest request, String sub, Progress progress, Response response) {
    return events.signIn(
        request.pool(), sub, eventId(progress), response, answers(progress), origin(request));
  }

  /**
   * A factor was wrong.
   *
   * @param answers empty where the API has no name for it
   */
  Recording wrong(AuthRequest request, String sub, List<Answer> answers) {
    return events.record(
        request.pool(), sub, Kind.SIGN_IN, Response.FAIL, answers, origin(request));
  }

  private static Origin origin(AuthRequest request) {
    return new Origin(request.address(), request.userAgent());
  }

  private static List<Answer> answers(Progress progress) {
    return progress.proofs().stream()
        .filter(proof -> proof.isPassword() || proof.isSecondFactor())
        .map(proof -> proof.isPassword() ? Answer.PASSWORD_RIGHT : Answer.MFA_RIGHT)
        .toList();
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of SignUp and ConfirmSignUp, with which whoever has just registered is signed in by
 * USER_AUTH without showing anything again (auth.md §7). Used once, and for as long as a sign-in
 * may take.
 */
public final class AutoSignIn {
  private final Sessions sessions;
  private final Clock clock;

  AutoSignIn(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * @param shown what the registration has shown; nothing where only a later confirmation will
   * @return null where the client does not sign in by USER_AUTH
   */
  public @Nullable String session(Pool pool, AppClient client, String sub, List<Proof> shown) {
    if (!client.flows().contains(AppClient.Flow.CHOICE)) {
      return null;
    }
    return sessions.seal(
        new Sessions.Holder(pool, client, AuthRequest.Kind.PUBLIC),
        new FlowState.SignedUp(
            new Progress(sessions.newFlowId(), false, shown, "", 0, 0),
            sub,
            clock.now().plus(client.sessionLife())));
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.RevokeUserSessionRequest;
import dev.gatehouse.model.cognitoidp.RevokeUserSessionResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer ends another of its own sessions; its present one it leaves by signing out. */
public final class RevokeUserSession
    implements Operation<RevokeUserSessionRequest, RevokeUserSessionResponse> {
  private final AccessTokens accessTokens;
  private final UserSessions sessions;

  public RevokeUserSession(
      AccessTokens accessTokens,
      Pools pools,
      Database database,
      PageTokens pageTokens,
      Clock clock) {
    this.accessTokens = accessTokens;
    this.sessions = new UserSessions(pools, database, pageTokens, clock);
  }

  @Override
  public RevokeUserSessionResponse handle(
      RevokeUserSessionRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    sessions.revoke(
        bearer.pool(),
        bearer.user(),
        request.sessionId(),
        family -> {
          if (family.originJti().equals(bearer.originJti())) {
            throw Why.SESSION_OWN.refusal();
          }
        });
    return RevokeUserSessionResponse.builder().build();
  }
}

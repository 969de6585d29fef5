package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminRespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.AdminRespondToAuthChallengeResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Goes on with a sign-in that an administrator's server leads (auth.md §5). */
public final class AdminRespondToAuthChallenge
    implements Operation<AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse> {
  private final Pools pools;
  private final AuthEngine engine;

  public AdminRespondToAuthChallenge(Pools pools, AuthEngine engine) {
    this.pools = pools;
    this.engine = engine;
  }

  @Override
  public AdminRespondToAuthChallengeResponse handle(
      AdminRespondToAuthChallengeRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    AppClient client = pools.requireClient(pool, request.clientId());
    AuthRequest round =
        Rounds.of(
            pool,
            client,
            AuthRequest.Kind.ADMIN,
            "AdminRespondToAuthChallenge",
            request.challengeResponses(),
            request.clientMetadata(),
            context);
    Rounds.Answer answer =
        Rounds.answer(engine.answer(round, request.challengeName().value(), request.session()));
    return AdminRespondToAuthChallengeResponse.builder()
        .challengeName(answer.challengeName())
        .challengeParameters(answer.challengeParameters())
        .session(answer.session())
        .authenticationResult(answer.authenticationResult())
        .availableChallenges(answer.availableChallenges())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;

/** Goes on with a sign-in (auth.md §5). */
public final class RespondToAuthChallenge
    implements Operation<RespondToAuthChallengeRequest, RespondToAuthChallengeResponse> {
  private final Pools pools;
  private final AuthEngine engine;

  public RespondToAuthChallenge(Pools pools, AuthEngine engine) {
    this.pools = pools;
    this.engine = engine;
  }

  @Override
  public RespondToAuthChallengeResponse handle(
      RespondToAuthChallengeRequest request, RequestContext context) {
    AppClient client = pools.requireClient(request.clientId());
    AuthRequest round =
        Rounds.of(
            pools.poolOf(client),
            client,
            AuthRequest.Kind.PUBLIC,
            "RespondToAuthChallenge",
            request.challengeResponses(),
            request.clientMetadata(),
            context);
    Rounds.Answer answer =
        Rounds.answer(engine.answer(round, request.challengeName().value(), request.session()));
    return RespondToAuthChallengeResponse.builder()
        .challengeName(answer.challengeName())
        .challengeParameters(answer.challengeParameters())
        .session(answer.session())
        .authenticationResult(answer.authenticationResult())
        .availableChallenges(answer.availableChallenges())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.auth.AuthStep;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Map;

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
    return switch (engine.answer(round, request.challengeName().value(), request.session())) {
      case AuthStep.Challenge challenge ->
          RespondToAuthChallengeResponse.builder()
              .challengeName(new ChallengeNameType(challenge.name()))
              .challengeParameters(challenge.parameters())
              .session(challenge.session())
              .build();
      case AuthStep.Authenticated authenticated ->
          RespondToAuthChallengeResponse.builder()
              .authenticationResult(Answers.tokens(authenticated.tokens()))
              .challengeParameters(Map.of())
              .build();
      case AuthStep.Refused refused -> throw Rounds.refused(refused);
    };
  }
}

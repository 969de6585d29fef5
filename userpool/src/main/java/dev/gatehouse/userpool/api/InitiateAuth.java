package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.auth.AuthStep;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Map;

/** Begins a sign-in (auth.md §1). */
public final class InitiateAuth implements Operation<InitiateAuthRequest, InitiateAuthResponse> {
  private final Pools pools;
  private final AuthEngine engine;

  public InitiateAuth(Pools pools, AuthEngine engine) {
    this.pools = pools;
    this.engine = engine;
  }

  @Override
  public InitiateAuthResponse handle(InitiateAuthRequest request, RequestContext context) {
    AppClient client = pools.requireClient(request.clientId());
    AuthRequest round =
        Rounds.of(
            pools.poolOf(client),
            client,
            AuthRequest.Kind.PUBLIC,
            "InitiateAuth",
            request.authParameters(),
            request.clientMetadata(),
            context);
    return switch (engine.begin(round, request.authFlow().value())) {
      case AuthStep.Challenge challenge ->
          InitiateAuthResponse.builder()
              .challengeName(new ChallengeNameType(challenge.name()))
              .challengeParameters(challenge.parameters())
              .session(challenge.session())
              .build();
      case AuthStep.Authenticated authenticated ->
          InitiateAuthResponse.builder()
              .authenticationResult(Answers.tokens(authenticated.tokens()))
              .challengeParameters(Map.of())
              .build();
      case AuthStep.Refused refused -> throw Rounds.refused(refused);
    };
  }
}

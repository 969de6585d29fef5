package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;

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
    Rounds.Answer answer =
        Rounds.answer(engine.begin(round, request.authFlow().value(), request.session()));
    return InitiateAuthResponse.builder()
        .challengeName(answer.challengeName())
        .challengeParameters(answer.challengeParameters())
        .session(answer.session())
        .authenticationResult(answer.authenticationResult())
        .availableChallenges(answer.availableChallenges())
        .build();
  }
}

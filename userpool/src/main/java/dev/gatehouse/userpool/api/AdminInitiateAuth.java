package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthResponse;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Begins a sign-in that an administrator's server leads (auth.md §1). */
public final class AdminInitiateAuth
    implements Operation<AdminInitiateAuthRequest, AdminInitiateAuthResponse> {
  private final Pools pools;
  private final AuthEngine engine;

  public AdminInitiateAuth(Pools pools, AuthEngine engine) {
    this.pools = pools;
    this.engine = engine;
  }

  @Override
  public AdminInitiateAuthResponse handle(
      AdminInitiateAuthRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    AppClient client = pools.requireClient(pool, request.clientId());
    AuthRequest round =
        Rounds.of(
            pool,
            client,
            AuthRequest.Kind.ADMIN,
            "AdminInitiateAuth",
            request.authParameters(),
            request.clientMetadata(),
            context);
    Rounds.Answer answer =
        Rounds.answer(engine.begin(round, request.authFlow().value(), request.session()));
    return AdminInitiateAuthResponse.builder()
        .challengeName(answer.challengeName())
        .challengeParameters(answer.challengeParameters())
        .session(answer.session())
        .authenticationResult(answer.authenticationResult())
        .availableChallenges(answer.availableChallenges())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientDescription;
import dev.gatehouse.userpool.pool.ClientSettings;
import dev.gatehouse.userpool.pool.ClientSettings.Secrecy;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolCreation;
import dev.gatehouse.userpool.pool.Pools;
import org.jspecify.annotations.Nullable;

/** Creates an app client, with a generated secret, one of its own, or none. */
public final class CreateUserPoolClient
    implements Operation<CreateUserPoolClientRequest, CreateUserPoolClientResponse> {
  private final Pools pools;
  private final PoolCreation creation;
  private final PoolChecks checks;
  private final Ids ids;

  public CreateUserPoolClient(Pools pools, PoolCreation creation, PoolChecks checks, Ids ids) {
    this.pools = pools;
    this.creation = creation;
    this.checks = checks;
    this.ids = ids;
  }

  @Override
  public CreateUserPoolClientResponse handle(
      CreateUserPoolClientRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    boolean generate = Boolean.TRUE.equals(request.generateSecret());
    if (generate && request.clientSecret() != null) {
      throw Why.INVALID_SETTING.refusal("GenerateSecret and ClientSecret exclude each other.");
    }
    @Nullable Secret secret = generate ? ids.clientSecret() : null;
    if (request.clientSecret() != null) {
      secret = Secret.of(request.clientSecret());
    }
    UserPoolClientType settings = ClientSettings.ofNew(request);
    ClientSettings.check(pool, settings, secret == null ? Secrecy.PUBLIC : Secrecy.CONFIDENTIAL);
    checks.checkClient(pool, settings);
    return CreateUserPoolClientResponse.builder()
        .userPoolClient(
            ClientDescription.of(
                creation
                    .client(pool, ids.clientId(), settings, secret)
                    .orElseThrow(() -> new IllegalStateException("a client id was drawn twice"))))
        .build();
  }
}

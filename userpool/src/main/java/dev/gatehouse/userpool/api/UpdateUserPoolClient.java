package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolClientResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.userpool.pool.ClientDescription;
import dev.gatehouse.userpool.pool.ClientSettings;
import dev.gatehouse.userpool.pool.ClientSettings.Secrecy;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Pools;

/** Changes a client; what is left out goes back to its default, id and secrets stay. */
public final class UpdateUserPoolClient
    implements Operation<UpdateUserPoolClientRequest, UpdateUserPoolClientResponse> {
  private final Pools pools;
  private final PoolWriting writing;
  private final PoolChecks checks;

  public UpdateUserPoolClient(Pools pools, PoolWriting writing, PoolChecks checks) {
    this.pools = pools;
    this.writing = writing;
    this.checks = checks;
  }

  @Override
  public UpdateUserPoolClientResponse handle(
      UpdateUserPoolClientRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return UpdateUserPoolClientResponse.builder()
        .userPoolClient(
            ClientDescription.of(
                writing.changeClient(
                    pool,
                    request.clientId(),
                    client -> {
                      UserPoolClientType next = ClientSettings.updated(client.settings(), request);
                      ClientSettings.check(
                          pool,
                          next,
                          client.secrets().isEmpty() ? Secrecy.PUBLIC : Secrecy.CONFIDENTIAL);
                      checks.checkClient(pool, next);
                      return client.document().withSettings(next);
                    })))
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Deletes a client; its refresh tokens fail from now, users and other clients are not touched. */
public final class DeleteUserPoolClient
    implements Operation<DeleteUserPoolClientRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;

  public DeleteUserPoolClient(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public NoAnswer handle(DeleteUserPoolClientRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    String clientId = pools.requireClient(pool, request.clientId()).id();
    boolean deleted =
        database.write(handle -> {
          Pools.clientChanged(handle, clientId);
          return ClientStore.delete(handle, pool.id(), clientId);
        });
    if (!deleted) {
      throw Why.CLIENT_UNKNOWN.refusal(clientId);
    }
    return NoAnswer.INSTANCE;
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientSecretRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientSecretResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Takes one of a client's two secrets away; the last one stays. */
public final class DeleteUserPoolClientSecret
    implements Operation<DeleteUserPoolClientSecretRequest, DeleteUserPoolClientSecretResponse> {
  private final Pools pools;
  private final Database database;

  public DeleteUserPoolClientSecret(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public DeleteUserPoolClientSecretResponse handle(
      DeleteUserPoolClientSecretRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    AppClient client = pools.requireClient(pool, request.clientId());
    String secretId = request.clientSecretId();
    if (client.secrets().stream().noneMatch(secret -> secret.id().equals(secretId))) {
      throw Why.SECRET_UNKNOWN.refusal(secretId);
    }
    boolean deleted =
        database.write(handle -> {
          // moves the client's row first: two deletions at once wait for one another
          ClientStore.touch(handle, pool.id(), client.id());
          Pools.clientChanged(handle, client.id());
          return ClientStore.deleteSecret(handle, pool.id(), client.id(), secretId);
        });
    if (!deleted) {
      throw Why.SECRET_LAST.refusal();
    }
    return DeleteUserPoolClientSecretResponse.builder().build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientSecretRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientSecretResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Optional;

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
    return StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () ->
            delete(pools.requireStoredClient(pool, request.clientId()), request.clientSecretId()));
  }

  private Optional<DeleteUserPoolClientSecretResponse> delete(AppClient client, String secretId) {
    if (client.secrets().stream().noneMatch(secret -> secret.id().equals(secretId))) {
      throw client.secrets().isEmpty()
          ? Why.INVALID_SETTING.refusal("The client has no secret.")
          : Why.SECRET_UNKNOWN.refusal(secretId);
    }
    if (client.secrets().size() == 1) {
      throw Why.SECRET_LAST.refusal();
    }
    boolean done =
        database.write(handle -> {
          Pools.clientChanged(handle, client.id());
          return ClientStore.touch(handle, client)
              && ClientStore.deleteSecret(handle, client.poolId(), client.id(), secretId);
        });
    return done
        ? Optional.of(DeleteUserPoolClientSecretResponse.builder().build())
        : Optional.empty();
  }
}

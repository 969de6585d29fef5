package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.pool.ClientDocument;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;

/** Creates an app client. */
public final class CreateUserPoolClient
    implements Operation<CreateUserPoolClientRequest, CreateUserPoolClientResponse> {
  private final Pools pools;
  private final Database database;
  private final Clock clock;
  private final Ids ids;

  public CreateUserPoolClient(Pools pools, Database database, Clock clock, Ids ids) {
    this.pools = pools;
    this.database = database;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public CreateUserPoolClientResponse handle(
      CreateUserPoolClientRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UserPoolClientType settings =
        UserPoolClientType.builder()
            .clientName(request.clientName())
            .refreshTokenValidity(30)
            .explicitAuthFlows(request.explicitAuthFlows())
            .enableTokenRevocation(true)
            .authSessionValidity(3)
            .build();
    Instant now = clock.now();
    ClientRow row =
        ClientRow.of(pool.id(), ids.clientId(), now, now, 0, new ClientDocument(1, settings));
    database.write(handle -> {
      ClientStore.insert(handle, row);
      Pools.clientChanged(handle, row.clientId());
      return row;
    });
    return CreateUserPoolClientResponse.builder()
        .userPoolClient(
            settings.toBuilder()
                .userPoolId(pool.id())
                .clientId(row.clientId())
                .creationDate(now)
                .lastModifiedDate(now)
                .build())
        .build();
  }
}

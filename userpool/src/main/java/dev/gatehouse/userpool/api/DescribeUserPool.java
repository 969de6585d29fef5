package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolDescription;
import dev.gatehouse.userpool.pool.Pools;

/** A pool's settings, as they are stored, and its number of users. */
public final class DescribeUserPool
    implements Operation<DescribeUserPoolRequest, DescribeUserPoolResponse> {
  private final Pools pools;
  private final Database database;
  private final Vault vault;

  public DescribeUserPool(Pools pools, Database database, Vault vault) {
    this.pools = pools;
    this.database = database;
    this.vault = vault;
  }

  @Override
  public DescribeUserPoolResponse handle(DescribeUserPoolRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    long users = database.read(handle -> Directory.USERS.sum(handle, pool.id()));
    return DescribeUserPoolResponse.builder()
        .userPool(PoolDescription.of(pool, vault.server().accountId(), users))
        .build();
  }
}

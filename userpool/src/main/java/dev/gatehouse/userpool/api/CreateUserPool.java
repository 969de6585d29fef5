package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolDescription;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolSettings;
import dev.gatehouse.userpool.pool.PoolStore;
import dev.gatehouse.userpool.pool.PoolStore.PoolRow;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.SigningKeys;
import java.time.Instant;

/** Creates a pool with its data key and signing keys in one transaction. */
public final class CreateUserPool
    implements Operation<CreateUserPoolRequest, CreateUserPoolResponse> {
  private final Database database;
  private final Vault vault;
  private final SigningKeys signingKeys;
  private final PoolChecks checks;
  private final Clock clock;
  private final Ids ids;

  public CreateUserPool(
      Database database,
      Vault vault,
      SigningKeys signingKeys,
      PoolChecks checks,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.vault = vault;
    this.signingKeys = signingKeys;
    this.checks = checks;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public CreateUserPoolResponse handle(CreateUserPoolRequest request, RequestContext context) {
    PoolDocument document =
        new PoolDocument(1, PoolSettings.ofNew(request, context.region()), null, null, null);
    checks.check(document);
    Instant now = clock.now();
    Pool pool = new Pool(ids.poolId(context.region()), now, now, 0, document);
    NewPoolKey poolKey = vault.newPoolKey(pool.id());
    SigningKeys.NewKeys keys = signingKeys.forNewPool(poolKey);
    PoolRow row = PoolRow.of(pool);
    database.write(handle -> {
      if (!PoolStore.insert(handle, row)) {
        throw new IllegalStateException("pool id drawn twice");
      }
      poolKey.insert(handle);
      keys.insert(handle);
      Pools.changed(handle, pool.id());
      return pool;
    });
    return CreateUserPoolResponse.builder()
        .userPool(PoolDescription.of(pool, vault.server().accountId(), 0))
        .build();
  }
}

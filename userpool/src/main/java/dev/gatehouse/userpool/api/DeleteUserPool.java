package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeletionProtectionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.imports.ActiveImport;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.Optional;

/** Marks a pool as deleted: unseen at once, its rows go in the background. */
public final class DeleteUserPool implements Operation<DeleteUserPoolRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;
  private final Clock clock;

  public DeleteUserPool(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public NoAnswer handle(DeleteUserPoolRequest request, RequestContext context) {
    pools.require(request.userPoolId(), context);
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          Pool pool =
              database
                  .read(handle -> PoolStore.find(handle, request.userPoolId()))
                  .orElseThrow(() -> Why.POOL_UNKNOWN.refusal(request.userPoolId()));
          if (DeletionProtectionType.ACTIVE.equals(pool.settings().deletionProtection())) {
            throw Why.POOL_PROTECTED.refusal();
          }
          Instant now = clock.now();
          boolean done =
              database.write(handle -> {
                Pools.changed(handle, pool.id());
                boolean marked = PoolStore.markDeleted(handle, pool, now);
                ActiveImport.refuseWhileRunning(handle, pool.id());
                return marked;
              });
          return done ? Optional.of(pool) : Optional.empty();
        });
    return NoAnswer.INSTANCE;
  }
}

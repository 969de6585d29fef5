package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.PoolStore.PoolRow;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Changes a pool's or a client's stored document: load, decide, write on condition, start over when
 * it changed meanwhile.
 */
public final class PoolWriting {
  private final Pools pools;
  private final Database database;
  private final Clock clock;

  public PoolWriting(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Changes a pool.
   *
   * @param change from the pool as it is to its next document
   * @throws dev.gatehouse.kernel.Refusal POOL_UNKNOWN, and what {@code change} throws
   */
  public Pool change(String poolId, RequestContext context, Function<Pool, PoolDocument> change) {
    return change(poolId, context, change, handle -> {});
  }

  /**
   * Changes a pool, if nothing stands against it.
   *
   * @param check looks inside the write, when the pool's row is held, and refuses
   */
  public Pool change(
      String poolId,
      RequestContext context,
      Function<Pool, PoolDocument> change,
      Consumer<Handle> check) {
    pools.require(poolId, context);
    return StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          // past the cache: another node may have changed it a moment ago
          Pool pool =
              database
                  .read(handle -> PoolStore.find(handle, poolId))
                  .orElseThrow(() -> Why.POOL_UNKNOWN.refusal(poolId));
          Pool next = pool.with(change.apply(pool), clock.now());
          PoolRow row = PoolRow.of(next);
          boolean done =
              database.write(handle -> {
                Pools.changed(handle, poolId);
                boolean updated = PoolStore.update(handle, row);
                check.accept(handle);
                return updated;
              });
          return done ? Optional.of(next) : Optional.empty();
        });
  }

  /**
   * Changes an app client.
   *
   * @param change from the client as it is to its next document
   * @throws dev.gatehouse.kernel.Refusal CLIENT_UNKNOWN, and what {@code change} throws
   */
  public AppClient changeClient(
      Pool pool, String clientId, Function<AppClient, ClientDocument> change) {
    return StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          AppClient client = pools.requireStoredClient(pool, clientId);
          AppClient next = client.with(change.apply(client), clock.now());
          ClientRow row =
              ClientRow.of(
                  pool.id(),
                  clientId,
                  next.created(),
                  next.modified(),
                  next.revision(),
                  next.document());
          boolean done =
              database.write(handle -> {
                Pools.clientChanged(handle, clientId);
                return ClientStore.update(handle, row);
              });
          return done ? Optional.of(next) : Optional.empty();
        });
  }
}

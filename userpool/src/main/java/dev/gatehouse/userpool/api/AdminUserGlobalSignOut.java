package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminUserGlobalSignOutRequest;
import dev.gatehouse.model.cognitoidp.AdminUserGlobalSignOutResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.FamilyStore;

/** An administrator ends all sign-ins of a user (users.md §8). */
public final class AdminUserGlobalSignOut
    implements Operation<AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse> {
  private final Pools pools;
  private final UserChange users;
  private final Clock clock;

  public AdminUserGlobalSignOut(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.users = new UserChange(database);
    this.clock = clock;
  }

  @Override
  public AdminUserGlobalSignOutResponse handle(
      AdminUserGlobalSignOutRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminUserGlobalSignOut");
    users.write(
        pool,
        request.username(),
        user -> user.withSignedOut(clock.now()),
        (handle, user) -> FamilyStore.revokeAll(handle, pool.id(), user.sub()));
    return AdminUserGlobalSignOutResponse.builder().build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminEnableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminEnableUserResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** An administrator lets a user in again; tokens of before stay revoked (users.md §8). */
public final class AdminEnableUser
    implements Operation<AdminEnableUserRequest, AdminEnableUserResponse> {
  private final Pools pools;
  private final UserChange users;
  private final Clock clock;

  public AdminEnableUser(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.users = new UserChange(database);
    this.clock = clock;
  }

  @Override
  public AdminEnableUserResponse handle(AdminEnableUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminEnableUser");
    users.write(
        pool,
        request.username(),
        user -> user.withEnabled(true, clock.now()),
        (handle, user) -> {});
    return AdminEnableUserResponse.builder().build();
  }
}

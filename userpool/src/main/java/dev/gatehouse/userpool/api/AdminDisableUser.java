package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDisableUserResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.FamilyStore;

/**
 * An administrator shuts a user out: no sign-in, every refresh token revoked, access tokens refused
 * by the API (users.md §8).
 */
public final class AdminDisableUser
    implements Operation<AdminDisableUserRequest, AdminDisableUserResponse> {
  private final Pools pools;
  private final UserChange users;
  private final Clock clock;

  public AdminDisableUser(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.users = new UserChange(database);
    this.clock = clock;
  }

  @Override
  public AdminDisableUserResponse handle(AdminDisableUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminDisableUser");
    users.write(
        pool,
        request.username(),
        user -> user.withEnabled(false, clock.now()),
        (handle, user) -> FamilyStore.revokeAll(handle, pool.id(), user.sub()));
    return AdminDisableUserResponse.builder().build();
  }
}

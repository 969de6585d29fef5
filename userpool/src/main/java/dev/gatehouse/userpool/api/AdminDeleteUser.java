package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** An administrator deletes a user, enabled or not; the tokens die with it (users.md §8). */
public final class AdminDeleteUser implements Operation<AdminDeleteUserRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;

  public AdminDeleteUser(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public NoAnswer handle(AdminDeleteUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminDeleteUser");
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    if (!database.write(handle -> Directory.delete(handle, user))) {
      throw Why.USER_UNKNOWN.refusal();
    }
    return NoAnswer.INSTANCE;
  }
}

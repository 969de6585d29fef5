package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminAddUserToGroupRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/**
 * Puts a user into a group; one who is in it stays (userpool.md §12). The tokens tell it from the
 * next sign-in or refresh.
 */
public final class AdminAddUserToGroup implements Operation<AdminAddUserToGroupRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;

  public AdminAddUserToGroup(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public NoAnswer handle(AdminAddUserToGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    return database.write(handle -> {
      MemberStore.add(
          handle, GroupStore.require(handle, pool.id(), request.groupName()), user.sub());
      return NoAnswer.INSTANCE;
    });
  }
}

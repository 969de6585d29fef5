package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminRemoveUserFromGroupRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Takes a user out of a group; one who is not in it stays out (userpool.md §12). */
public final class AdminRemoveUserFromGroup
    implements Operation<AdminRemoveUserFromGroupRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;

  public AdminRemoveUserFromGroup(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public NoAnswer handle(AdminRemoveUserFromGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    return database.write(handle -> {
      MemberStore.remove(
          handle, GroupStore.require(handle, pool.id(), request.groupName()), user.sub());
      return NoAnswer.INSTANCE;
    });
  }
}

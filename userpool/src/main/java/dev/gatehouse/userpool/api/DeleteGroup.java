package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteGroupRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/**
 * Deletes a group, with members or without (userpool.md §12). Nobody is in it from then on; the
 * rows of many members go in the background.
 */
public final class DeleteGroup implements Operation<DeleteGroupRequest, NoAnswer> {
  private static final int MEMBERS_AT_ONCE = 500;

  private final Pools pools;
  private final Database database;

  public DeleteGroup(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public NoAnswer handle(DeleteGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Group group =
        database.read(handle -> GroupStore.require(handle, pool.id(), request.groupName()));
    boolean deleted =
        database.write(handle -> {
          if (!GroupStore.delete(handle, group)) {
            return false;
          }
          MemberStore.removeAll(handle, group, MEMBERS_AT_ONCE);
          return true;
        });
    if (!deleted) {
      throw Why.GROUP_UNKNOWN.refusal();
    }
    return NoAnswer.INSTANCE;
  }
}

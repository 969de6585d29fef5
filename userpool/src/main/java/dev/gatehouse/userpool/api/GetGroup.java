package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetGroupRequest;
import dev.gatehouse.model.cognitoidp.GetGroupResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** A group as it is stored. */
public final class GetGroup implements Operation<GetGroupRequest, GetGroupResponse> {
  private final Pools pools;
  private final Database database;

  public GetGroup(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public GetGroupResponse handle(GetGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Group group =
        database.read(handle -> GroupStore.require(handle, pool.id(), request.groupName()));
    return GetGroupResponse.builder().group(Answers.group(group)).build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateGroupRequest;
import dev.gatehouse.model.cognitoidp.CreateGroupResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Creates a group that nobody is in yet (userpool.md §12). */
public final class CreateGroup implements Operation<CreateGroupRequest, CreateGroupResponse> {
  private final Pools pools;
  private final Database database;
  private final Clock clock;
  private final Ids ids;

  public CreateGroup(Pools pools, Database database, Clock clock, Ids ids) {
    this.pools = pools;
    this.database = database;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public CreateGroupResponse handle(CreateGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Group group =
        Group.ofNew(
            pool.id(),
            request.groupName(),
            GroupStore.newIncarnation(ids),
            request.precedence(),
            request.roleArn(),
            request.description(),
            clock.now());
    if (!database.write(handle -> GroupStore.insert(handle, group))) {
      throw Why.GROUP_EXISTS.refusal();
    }
    return CreateGroupResponse.builder().group(Answers.group(group)).build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.UpdateGroupRequest;
import dev.gatehouse.model.cognitoidp.UpdateGroupResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Optional;

/** Changes of a group what is given, and leaves the rest (userpool.md §12). */
public final class UpdateGroup implements Operation<UpdateGroupRequest, UpdateGroupResponse> {
  private final Pools pools;
  private final Database database;
  private final Clock clock;

  public UpdateGroup(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public UpdateGroupResponse handle(UpdateGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Group updated =
        StartOver.untilDone(
            Why.CONCURRENT_CHANGE.refusal(),
            () -> {
              Group group =
                  database
                      .read(handle -> GroupStore.require(handle, pool.id(), request.groupName()))
                      .with(
                          request.precedence(),
                          request.roleArn(),
                          request.description(),
                          clock.now());
              return database.<Boolean>write(handle -> GroupStore.update(handle, group))
                  ? Optional.of(group)
                  : Optional.empty();
            });
    return UpdateGroupResponse.builder().group(Answers.group(updated)).build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesResponse;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** An administrator deletes attributes of a user (users.md §6). */
public final class AdminDeleteUserAttributes
    implements Operation<AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse> {
  private final Pools pools;
  private final AttributeWriting writing;
  private final Clock clock;

  public AdminDeleteUserAttributes(Pools pools, AttributeWriting writing, Clock clock) {
    this.pools = pools;
    this.writing = writing;
    this.clock = clock;
  }

  @Override
  public AdminDeleteUserAttributesResponse handle(
      AdminDeleteUserAttributesRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminDeleteUserAttributes");
    writing.change(
        pool,
        request.username(),
        user -> AttributeUpdate.without(pool, user, request.userAttributeNames(), clock.now()),
        Messages.Cause.none());
    return AdminDeleteUserAttributesResponse.builder().build();
  }
}

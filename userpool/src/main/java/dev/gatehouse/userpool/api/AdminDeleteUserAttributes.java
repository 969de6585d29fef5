package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;
import java.util.Map;

/** An administrator deletes attributes of a user (users.md §6). */
public final class AdminDeleteUserAttributes
    implements Operation<AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse> {
  private final Pools pools;
  private final Database database;
  private final AttributeWriting writing;
  private final Clock clock;

  public AdminDeleteUserAttributes(
      Pools pools, Database database, AttributeWriting writing, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.writing = writing;
    this.clock = clock;
  }

  @Override
  public AdminDeleteUserAttributesResponse handle(
      AdminDeleteUserAttributesRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminDeleteUserAttributes");
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          User user = database.read(handle -> Users.require(handle, pool, request.username()));
          Map<String, String> left =
              AttributeRules.without(pool, user.attributes(), request.userAttributeNames());
          return writing.write(
              pool, user, new AttributeUpdate(user.withAttributes(left, clock.now()), List.of()));
        });
    return AdminDeleteUserAttributesResponse.builder().build();
  }
}

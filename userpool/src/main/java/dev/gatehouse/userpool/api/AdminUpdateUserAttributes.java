package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesResponse;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Map;

/**
 * An administrator changes a user's attributes, the verified flags and developer attributes
 * included (users.md §6).
 */
public final class AdminUpdateUserAttributes
    implements Operation<AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse> {
  private final Pools pools;
  private final AttributeWriting writing;
  private final Clock clock;

  public AdminUpdateUserAttributes(Pools pools, AttributeWriting writing, Clock clock) {
    this.pools = pools;
    this.writing = writing;
    this.clock = clock;
  }

  @Override
  public AdminUpdateUserAttributesResponse handle(
      AdminUpdateUserAttributesRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminUpdateUserAttributes");
    Map<String, String> change = AttributeRules.given(request.userAttributes());
    writing.change(
        pool,
        request.username(),
        user -> AttributeUpdate.of(pool, user, change, clock.now()),
        new Messages.Cause(
            Messages.Occasion.UPDATE_ATTRIBUTE, null, ClientMetadata.of(request.clientMetadata())));
    return AdminUpdateUserAttributesResponse.builder().build();
  }
}

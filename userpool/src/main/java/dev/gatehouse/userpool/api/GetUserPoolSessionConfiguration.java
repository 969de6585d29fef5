package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetUserPoolSessionConfigurationRequest;
import dev.gatehouse.model.cognitoidp.GetUserPoolSessionConfigurationResponse;
import dev.gatehouse.model.cognitoidp.UserPoolTokenSessionConfigType;
import dev.gatehouse.model.cognitoidp.UserSessionTrackingType;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.pool.SessionTracking;

/** Whether a pool tracks sessions; the defaults before it was ever set (new-2026.md §1.3). */
public final class GetUserPoolSessionConfiguration
    implements Operation<
        GetUserPoolSessionConfigurationRequest, GetUserPoolSessionConfigurationResponse> {
  private final Pools pools;

  public GetUserPoolSessionConfiguration(Pools pools) {
    this.pools = pools;
  }

  @Override
  public GetUserPoolSessionConfigurationResponse handle(
      GetUserPoolSessionConfigurationRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return GetUserPoolSessionConfigurationResponse.builder()
        .userPoolId(pool.id())
        .userSessionTracking(tracking(pool.tracking()))
        .tokenSession(tokenSession(pool.tracking()))
        .build();
  }

  static UserSessionTrackingType tracking(SessionTracking tracking) {
    return tracking.since() == null
        ? UserSessionTrackingType.DISABLED
        : UserSessionTrackingType.ENABLED;
  }

  static UserPoolTokenSessionConfigType tokenSession(SessionTracking tracking) {
    return UserPoolTokenSessionConfigType.builder().maxPerUser(tracking.mostPerUser()).build();
  }
}

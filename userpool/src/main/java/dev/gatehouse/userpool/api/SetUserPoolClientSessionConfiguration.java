package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SetUserPoolClientSessionConfigurationRequest;
import dev.gatehouse.model.cognitoidp.SetUserPoolClientSessionConfigurationResponse;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Pools;

/**
 * Sets how long a client may reuse a sign-in through hosted login, in pools that track sessions
 * (new-2026.md §1.3).
 */
public final class SetUserPoolClientSessionConfiguration
    implements Operation<
        SetUserPoolClientSessionConfigurationRequest,
        SetUserPoolClientSessionConfigurationResponse> {
  private final Pools pools;
  private final PoolWriting writing;
  private final PoolChecks checks;

  public SetUserPoolClientSessionConfiguration(
      Pools pools, PoolWriting writing, PoolChecks checks) {
    this.pools = pools;
    this.writing = writing;
    this.checks = checks;
  }

  @Override
  public SetUserPoolClientSessionConfigurationResponse handle(
      SetUserPoolClientSessionConfigurationRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    pools.requireClient(pool, request.clientId());
    checks.checkSessions(pool);
    if (pool.tracking().since() == null) {
      throw Why.SESSION_TRACKING_OFF.refusal();
    }
    AppClient changed =
        writing.changeClient(
            pool,
            request.clientId(),
            client -> client.document().withSsoMinutes(request.ssoSession().maxValidityMinutes()));
    return SetUserPoolClientSessionConfigurationResponse.builder()
        .userPoolId(pool.id())
        .clientId(changed.id())
        .ssoSession(GetUserPoolClientSessionConfiguration.ssoSession(changed))
        .build();
  }
}

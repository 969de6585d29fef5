package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ClientSSOSessionConfigType;
import dev.gatehouse.model.cognitoidp.GetUserPoolClientSessionConfigurationRequest;
import dev.gatehouse.model.cognitoidp.GetUserPoolClientSessionConfigurationResponse;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/**
 * How long a client may reuse a sign-in through hosted login; an hour before it was ever set
 * (new-2026.md §1.3).
 */
public final class GetUserPoolClientSessionConfiguration
    implements Operation<
        GetUserPoolClientSessionConfigurationRequest,
        GetUserPoolClientSessionConfigurationResponse> {
  private static final int DEFAULT_MINUTES = 60;

  private final Pools pools;

  public GetUserPoolClientSessionConfiguration(Pools pools) {
    this.pools = pools;
  }

  @Override
  public GetUserPoolClientSessionConfigurationResponse handle(
      GetUserPoolClientSessionConfigurationRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    AppClient client = pools.requireClient(pool, request.clientId());
    return GetUserPoolClientSessionConfigurationResponse.builder()
        .userPoolId(pool.id())
        .clientId(client.id())
        .ssoSession(ssoSession(client))
        .build();
  }

  static ClientSSOSessionConfigType ssoSession(AppClient client) {
    Integer minutes = client.document().ssoMinutes();
    return ClientSSOSessionConfigType.builder()
        .maxValidityMinutes(minutes == null ? DEFAULT_MINUTES : minutes)
        .build();
  }
}

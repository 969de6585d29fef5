package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigResponse;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigResponse;
import dev.gatehouse.userpool.pool.Pools;

/** A pool's MFA settings. */
public final class GetUserPoolMfaConfig
    implements Operation<GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse> {
  private final Pools pools;

  public GetUserPoolMfaConfig(Pools pools) {
    this.pools = pools;
  }

  @Override
  public GetUserPoolMfaConfigResponse handle(
      GetUserPoolMfaConfigRequest request, RequestContext context) {
    SetUserPoolMfaConfigResponse settings =
        SetUserPoolMfaConfig.settings(pools.require(request.userPoolId(), context).document());
    return GetUserPoolMfaConfigResponse.builder()
        .mfaConfiguration(settings.mfaConfiguration())
        .smsMfaConfiguration(settings.smsMfaConfiguration())
        .softwareTokenMfaConfiguration(settings.softwareTokenMfaConfiguration())
        .emailMfaConfiguration(settings.emailMfaConfiguration())
        .webAuthnConfiguration(settings.webAuthnConfiguration())
        .build();
  }
}

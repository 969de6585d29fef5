package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetDeviceRequest;
import dev.gatehouse.model.cognitoidp.GetDeviceResponse;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** One of the bearer's devices. */
public final class GetDevice implements Operation<GetDeviceRequest, GetDeviceResponse> {
  private final AccessTokens accessTokens;
  private final DeviceRecords devices;

  public GetDevice(AccessTokens accessTokens, DeviceRecords devices) {
    this.accessTokens = accessTokens;
    this.devices = devices;
  }

  @Override
  public GetDeviceResponse handle(GetDeviceRequest request, RequestContext context) {
    String token = request.accessToken();
    if (token == null) { // optional in the model, needed in fact
      throw Why.PARAMETER_MISSING.refusal("AccessToken");
    }
    Bearer bearer = accessTokens.require(token);
    return GetDeviceResponse.builder()
        .device(devices.get(bearer.pool(), bearer.user(), request.deviceKey()))
        .build();
  }
}

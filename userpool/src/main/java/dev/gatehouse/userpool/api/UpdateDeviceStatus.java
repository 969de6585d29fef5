package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.UpdateDeviceStatusRequest;
import dev.gatehouse.model.cognitoidp.UpdateDeviceStatusResponse;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer remembers a device, or does not any more. */
public final class UpdateDeviceStatus
    implements Operation<UpdateDeviceStatusRequest, UpdateDeviceStatusResponse> {
  private final AccessTokens accessTokens;
  private final DeviceRecords devices;

  public UpdateDeviceStatus(AccessTokens accessTokens, DeviceRecords devices) {
    this.accessTokens = accessTokens;
    this.devices = devices;
  }

  @Override
  public UpdateDeviceStatusResponse handle(
      UpdateDeviceStatusRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    devices.setStatus(
        bearer.pool(), bearer.user(), request.deviceKey(), request.deviceRememberedStatus());
    return UpdateDeviceStatusResponse.builder().build();
  }
}

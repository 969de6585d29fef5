package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListDevicesRequest;
import dev.gatehouse.model.cognitoidp.ListDevicesResponse;
import dev.gatehouse.userpool.api.DeviceRecords.DevicePage;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer's devices by pages. */
public final class ListDevices implements Operation<ListDevicesRequest, ListDevicesResponse> {
  private final AccessTokens accessTokens;
  private final DeviceRecords devices;

  public ListDevices(AccessTokens accessTokens, DeviceRecords devices) {
    this.accessTokens = accessTokens;
    this.devices = devices;
  }

  @Override
  public ListDevicesResponse handle(ListDevicesRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    DevicePage page =
        devices.list(bearer.pool(), bearer.user(), request.limit(), request.paginationToken());
    return ListDevicesResponse.builder()
        .devices(page.devices())
        .paginationToken(page.next())
        .build();
  }
}

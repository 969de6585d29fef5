package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminUpdateDeviceStatusRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateDeviceStatusResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** UpdateDeviceStatus for administrators. */
public final class AdminUpdateDeviceStatus
    implements Operation<AdminUpdateDeviceStatusRequest, AdminUpdateDeviceStatusResponse> {
  private final Pools pools;
  private final Database database;
  private final DeviceRecords devices;

  public AdminUpdateDeviceStatus(Pools pools, Database database, DeviceRecords devices) {
    this.pools = pools;
    this.database = database;
    this.devices = devices;
  }

  @Override
  public AdminUpdateDeviceStatusResponse handle(
      AdminUpdateDeviceStatusRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    devices.setStatus(pool, user, request.deviceKey(), request.deviceRememberedStatus());
    return AdminUpdateDeviceStatusResponse.builder().build();
  }
}

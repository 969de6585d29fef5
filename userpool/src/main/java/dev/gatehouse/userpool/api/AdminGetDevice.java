package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminGetDeviceRequest;
import dev.gatehouse.model.cognitoidp.AdminGetDeviceResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** GetDevice for administrators. */
public final class AdminGetDevice
    implements Operation<AdminGetDeviceRequest, AdminGetDeviceResponse> {
  private final Pools pools;
  private final Database database;
  private final DeviceRecords devices;

  public AdminGetDevice(Pools pools, Database database, DeviceRecords devices) {
    this.pools = pools;
    this.database = database;
    this.devices = devices;
  }

  @Override
  public AdminGetDeviceResponse handle(AdminGetDeviceRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    return AdminGetDeviceResponse.builder()
        .device(devices.get(pool, user, request.deviceKey()))
        .build();
  }
}

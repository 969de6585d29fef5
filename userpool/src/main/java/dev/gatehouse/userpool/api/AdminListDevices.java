package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminListDevicesRequest;
import dev.gatehouse.model.cognitoidp.AdminListDevicesResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.api.DeviceRecords.DevicePage;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** ListDevices for administrators. */
public final class AdminListDevices
    implements Operation<AdminListDevicesRequest, AdminListDevicesResponse> {
  private final Pools pools;
  private final Database database;
  private final DeviceRecords devices;

  public AdminListDevices(Pools pools, Database database, DeviceRecords devices) {
    this.pools = pools;
    this.database = database;
    this.devices = devices;
  }

  @Override
  public AdminListDevicesResponse handle(AdminListDevicesRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    DevicePage page = devices.list(pool, user, request.limit(), request.paginationToken());
    return AdminListDevicesResponse.builder()
        .devices(page.devices())
        .paginationToken(page.next())
        .build();
  }
}

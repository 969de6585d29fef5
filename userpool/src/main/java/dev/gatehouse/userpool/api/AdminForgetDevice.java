package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminForgetDeviceRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** ForgetDevice for administrators. */
public final class AdminForgetDevice implements Operation<AdminForgetDeviceRequest, NoAnswer> {
  private final Pools pools;
  private final Database database;
  private final DeviceRecords devices;

  public AdminForgetDevice(Pools pools, Database database, DeviceRecords devices) {
    this.pools = pools;
    this.database = database;
    this.devices = devices;
  }

  @Override
  public NoAnswer handle(AdminForgetDeviceRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    devices.forget(pool, user, request.deviceKey());
    return NoAnswer.INSTANCE;
  }
}

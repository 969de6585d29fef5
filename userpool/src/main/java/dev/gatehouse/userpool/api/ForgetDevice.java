package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ForgetDeviceRequest;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer forgets a device; its sign-ins end. */
public final class ForgetDevice implements Operation<ForgetDeviceRequest, NoAnswer> {
  private final AccessTokens accessTokens;
  private final DeviceRecords devices;

  public ForgetDevice(AccessTokens accessTokens, DeviceRecords devices) {
    this.accessTokens = accessTokens;
    this.devices = devices;
  }

  @Override
  public NoAnswer handle(ForgetDeviceRequest request, RequestContext context) {
    String token = request.accessToken();
    if (token == null) { // optional in the model, needed in fact
      throw Why.PARAMETER_MISSING.refusal("AccessToken");
    }
    Bearer bearer = accessTokens.require(token);
    devices.forget(bearer.pool(), bearer.user(), request.deviceKey());
    return NoAnswer.INSTANCE;
  }
}

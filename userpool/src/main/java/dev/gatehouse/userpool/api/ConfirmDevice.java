package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ConfirmDeviceRequest;
import dev.gatehouse.model.cognitoidp.ConfirmDeviceResponse;
import dev.gatehouse.model.cognitoidp.DeviceSecretVerifierConfigType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Device;
import dev.gatehouse.userpool.directory.DeviceStore;
import dev.gatehouse.userpool.directory.Devices;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bearer registers the device that their sign-in was offered (auth.md §11). */
public final class ConfirmDevice implements Operation<ConfirmDeviceRequest, ConfirmDeviceResponse> {
  /** A User-Agent is kept so far. */
  private static final int LONGEST_SDK = 512;

  private final AccessTokens accessTokens;
  private final Devices devices;
  private final Database database;
  private final Clock clock;

  public ConfirmDevice(AccessTokens accessTokens, Devices devices, Database database, Clock clock) {
    this.accessTokens = accessTokens;
    this.devices = devices;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public ConfirmDeviceResponse handle(ConfirmDeviceRequest request, RequestContext context) {
    // 1. the key that the bearer's own sign-in handed out
    Bearer bearer = accessTokens.require(request.accessToken());
    Pool pool = bearer.pool();
    if (!request.deviceKey().equals(bearer.deviceKey())) {
      throw Why.DEVICE_KEY_INVALID.refusal();
    }
    if (!pool.devices().tracked()) {
      throw Why.DEVICE_TRACKING_OFF.refusal();
    }
    // 2. its verifier
    Devices.Sealed sealed =
        sealed(
            pool, bearer.user().sub(), request.deviceKey(), request.deviceSecretVerifierConfig());
    // 3. one write, which decides
    Instant now = clock.now();
    String sdk = context.userAgent();
    Device device =
        new Device(
            pool.id(),
            bearer.user().sub(),
            request.deviceKey(),
            devices.groupKey(pool.id(), bearer.user().sub()),
            !pool.devices().onPrompt(),
            request.deviceName(),
            sdk.substring(0, Math.min(sdk.length(), LONGEST_SDK)),
            context.clientAddress(),
            sealed.salt(),
            sealed.verifier(),
            now,
            now,
            now);
    database.write(handle -> {
      if (!DeviceStore.insert(handle, device)) {
        throw DeviceStore.find(handle, pool.id(), device.sub(), device.deviceKey()).isPresent()
            ? Why.DEVICE_EXISTS.refusal()
            : Why.DEVICE_KEY_INVALID.refusal();
      }
      return device;
    });
    return ConfirmDeviceResponse.builder()
        .userConfirmationNecessary(pool.devices().onPrompt())
        .build();
  }

  private Devices.Sealed sealed(
      Pool pool, String sub, String deviceKey, @Nullable DeviceSecretVerifierConfigType given) {
    if (given == null || given.passwordVerifier() == null || given.salt() == null) {
      throw Why.DEVICE_VERIFIER_INVALID.refusal();
    }
    return devices
        .seal(pool.id(), sub, deviceKey, given.passwordVerifier(), given.salt())
        .orElseThrow(() -> Why.DEVICE_VERIFIER_INVALID.refusal());
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Device;
import dev.gatehouse.userpool.directory.DeviceStore;
import dev.gatehouse.userpool.directory.DeviceStore.Reliance;
import dev.gatehouse.userpool.directory.Devices;
import dev.gatehouse.userpool.directory.NewDevice;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What devices have to do with a sign-in (auth.md §6.1, §11): the one that the client names is
 * asked to prove itself; who names none is offered a new one. In pools that track devices only.
 */
final class DeviceTracking {
  private final Database database;
  private final Devices devices;
  private final Sessions sessions;
  private final NextChallenge next;

  DeviceTracking(Database database, Devices devices, Sessions sessions, NextChallenge next) {
    this.database = database;
    this.devices = devices;
    this.sessions = sessions;
    this.next = next;
  }

  /**
   * The device that a sign-in is made from.
   *
   * @param known the one that the client has named; null when it named none
   * @param offered the one that it is offered instead
   */
  record Presented(@Nullable Device known, @Nullable NewDevice offered) {
    static final Presented NOTHING = new Presented(null, null);

    /** What the sign-in's tokens are bound to; null in pools that track no devices. */
    @Nullable String deviceKey() {
      return known != null ? known.deviceKey() : offered != null ? offered.deviceKey() : null;
    }
  }

  /**
   * Looks at the device that the client names, or offers one. A statement, where one is named.
   *
   * @return empty for a device that the user does not have
   */
  Optional<Presented> presented(Pool pool, User user, Progress progress) {
    if (!pool.devices().tracked()) {
      return Optional.of(Presented.NOTHING);
    }
    if (progress.deviceKey().isEmpty()) {
      return Optional.of(new Presented(null, devices.offer(pool, user.sub())));
    }
    return database
        .read(handle -> DeviceStore.find(handle, pool.id(), user.sub(), progress.deviceKey()))
        .map(device -> new Presented(device, null));
  }

  /** Whether the device has proven itself, is remembered, and the pool lets it be a factor. */
  static boolean standsInForFactor(Pool pool, Presented presented, Progress progress) {
    Device device = presented.known();
    return device != null
        && device.remembered()
        && progress.has(Proof.DEVICE)
        && pool.devices().replacesFactor();
  }

  /**
   * Asks for DEVICE_SRP_AUTH. That the first factor was passed is kept for clients that send no
   * Session (auth.md §11).
   */
  AuthStep ask(AuthRequest request, User user, Evidence evidence, Device device) {
    FlowState.DeviceSrp state =
        new FlowState.DeviceSrp(
            evidence.progress(), user.sub(), device.deviceKey(), next.expires(request));
    String session = sessions.seal(request, state);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("DEVICE_KEY", device.deviceKey());
    parameters.put("USERNAME", user.username());
    Evidence.Along before = evidence.along();
    return next.ask(
        request,
        evidence.along(handle -> {
          before.write(handle);
          DeviceRounds.put(handle, request, state, session);
        }),
        state,
        parameters);
  }

  /** The device has signed in; a part of the write that begins the family. */
  static void signedIn(
      Handle handle, Presented presented, AuthRequest request, Reliance reliance, Instant now) {
    Device device = presented.known();
    if (device != null && !DeviceStore.signedIn(handle, device, reliance, request.address(), now)) {
      throw Why.DEVICE_UNKNOWN.refusal();
    }
  }
}

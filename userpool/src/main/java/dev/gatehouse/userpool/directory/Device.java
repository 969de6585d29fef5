package dev.gatehouse.userpool.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device that its user has confirmed.
 *
 * @param groupKey {@code DeviceGroupKey}
 * @param remembered whether it may stand in for a second factor, where the pool lets it
 * @param name {@code DeviceName}; null when none was given
 * @param sdk the User-Agent that confirmed it
 * @param address the IP address that it was last used from
 * @param salt of its SRP verifier
 * @param sealedVerifier its SRP verifier, sealed by {@link Devices}
 * @param created tells this registration from an earlier one under the same key
 * @param authenticated when it last signed in
 */
public record Device(
    String poolId,
    String sub,
    String deviceKey,
    String groupKey,
    boolean remembered,
    @Nullable String name,
    String sdk,
    String address,
    byte[] salt,
    byte[] sealedVerifier,
    Instant created,
    Instant modified,
    Instant authenticated) {
  /** Never shows the verifier. */
  @Override
  public String toString() {
    return "Device[" + deviceKey + "]";
  }
}

package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.DeviceConfigurationType;
import org.jspecify.annotations.Nullable;

/**
 * A pool's {@code DeviceConfiguration} (auth.md §11).
 *
 * @param tracked whether devices are tracked at all
 * @param replacesFactor {@code ChallengeRequiredOnNewDevice}: a remembered device stands in for a
 *     second factor
 * @param onPrompt {@code DeviceOnlyRememberedOnUserPrompt}: a confirmed device is remembered only
 *     once its user says so
 */
public record DevicePolicy(boolean tracked, boolean replacesFactor, boolean onPrompt) {
  static DevicePolicy of(@Nullable DeviceConfigurationType configuration) {
    return configuration == null
        ? new DevicePolicy(false, false, false)
        : new DevicePolicy(
            true,
            Boolean.TRUE.equals(configuration.challengeRequiredOnNewDevice()),
            Boolean.TRUE.equals(configuration.deviceOnlyRememberedOnUserPrompt()));
  }
}

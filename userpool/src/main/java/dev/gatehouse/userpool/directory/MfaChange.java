package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What SetUserMFAPreference asks for (users.md §11). */
public final class MfaChange {
  /**
   * One factor's settings; a member that was not given stays as it is.
   *
   * @param enabled {@code Enabled}
   * @param preferred {@code PreferredMfa}
   */
  public record Settings(@Nullable Boolean enabled, @Nullable Boolean preferred) {}

  private final Map<MfaFactor, Settings> settings = new EnumMap<>(MfaFactor.class);

  /** Adds a factor's block. */
  public MfaChange set(MfaFactor factor, Settings block) {
    settings.put(factor, block);
    return this;
  }

  /**
   * The user's preferences afterwards.
   *
   * @throws dev.gatehouse.kernel.Refusal MFA_PREFERENCES, MFA_WITHOUT_ADDRESS, MFA_NOT_ENABLED
   */
  public MfaPreference of(User user) {
    // 1. one preference at most
    if (settings.values().stream().filter(block -> yes(block.preferred())).count() > 1) {
      throw Why.MFA_PREFERENCES.refusal();
    }
    MfaPreference result = user.mfa();
    // 2. on and off; what is turned on must reach the user
    for (Map.Entry<MfaFactor, Settings> entry : settings.entrySet()) {
      Boolean enabled = entry.getValue().enabled();
      if (enabled == null) {
        continue;
      }
      if (enabled && !reaches(entry.getKey(), user)) {
        throw Why.MFA_WITHOUT_ADDRESS.refusal(entry.getKey().name());
      }
      result = result.with(entry.getKey(), enabled);
    }
    // 3. the preference, of what is on
    for (Map.Entry<MfaFactor, Settings> entry : settings.entrySet()) {
      MfaFactor factor = entry.getKey();
      Boolean preferred = entry.getValue().preferred();
      if (preferred == null) {
        continue;
      }
      if (preferred && !result.has(factor)) {
        throw Why.MFA_NOT_ENABLED.refusal(factor.name());
      }
      if (preferred) {
        result = result.preferring(factor);
      } else if (factor == result.preferred()) {
        result = result.preferring(null);
      }
    }
    return result;
  }

  private static boolean yes(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static boolean reaches(MfaFactor factor, User user) {
    String attribute = factor.attribute();
    return attribute == null ? user.mfa().registered() : user.attribute(attribute) != null;
  }
}

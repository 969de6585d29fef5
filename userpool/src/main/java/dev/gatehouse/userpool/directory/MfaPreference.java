package dev.gatehouse.userpool.directory;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which second factors a user has turned on (users.md §11), and whether a software token is
 * registered; part of the user's document, so that a sign-in reads it with the user.
 *
 * @param enabled in the order of the enum
 * @param preferred one of {@code enabled}; null = none
 * @param registered whether a software token is registered, turned on or not
 * @param tokenName the software token's {@code FriendlyDeviceName}; null = never given
 * @param passkeys whether passkeys may stand for two factors; null = never said, so they may where
 *     the pool has them do so
 */
public record MfaPreference(
    List<MfaFactor> enabled,
    @Nullable MfaFactor preferred,
    boolean registered,
    @Nullable String tokenName,
    @Nullable Boolean passkeys) {
  public static final MfaPreference NONE = new MfaPreference(List.of(), null, false, null, null);

  public MfaPreference {
    enabled = List.copyOf(enabled);
  }

  public boolean has(MfaFactor factor) {
    return enabled.contains(factor);
  }

  /** With the factor turned on or off; turning off the preferred one leaves no preference. */
  public MfaPreference with(MfaFactor factor, boolean on) {
    Set<MfaFactor> next = EnumSet.noneOf(MfaFactor.class);
    next.addAll(enabled);
    if (on) {
      next.add(factor);
    } else {
      next.remove(factor);
    }
    return new MfaPreference(
        List.copyOf(next),
        !on && factor == preferred ? null : preferred,
        registered,
        tokenName,
        passkeys);
  }

  public MfaPreference preferring(@Nullable MfaFactor factor) {
    return new MfaPreference(enabled, factor, registered, tokenName, passkeys);
  }

  /** With a registered software token. */
  public MfaPreference withToken(@Nullable String name) {
    return new MfaPreference(enabled, preferred, true, name, passkeys);
  }

  /** With passkeys standing for two factors, or not. */
  public MfaPreference withPasskeys(boolean on) {
    return new MfaPreference(enabled, preferred, registered, tokenName, on);
  }

  /** Without a software token. */
  public MfaPreference withoutToken() {
    MfaPreference off = with(MfaFactor.SOFTWARE_TOKEN_MFA, false);
    return new MfaPreference(off.enabled, off.preferred, false, null, passkeys);
  }

  /** What is left when the user has only these attributes: a factor goes with its address. */
  MfaPreference reachedBy(Set<String> attributes) {
    MfaPreference result = this;
    for (MfaFactor factor : MfaFactor.values()) {
      String attribute = factor.attribute();
      if (attribute != null && has(factor) && !attributes.contains(attribute)) {
        result = result.with(factor, false);
      }
    }
    return result;
  }

  /** Whether {@code attribute} is the address of a factor that is turned on. */
  public boolean uses(String attribute) {
    return Arrays.stream(MfaFactor.values())
        .anyMatch(factor -> attribute.equals(factor.attribute()) && has(factor));
  }
}

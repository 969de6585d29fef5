package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.User;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's settings say of second factors (auth.md §6).
 *
 * @param mode OFF, OPTIONAL or ON
 * @param factors those that are on in the pool; empty when MFA is off
 * @param recovery the attribute of the pool's only recovery channel, which cannot serve as MFA too;
 *     null where it has none or two
 */
public record MfaPolicy(Mode mode, Set<MfaFactor> factors, @Nullable String recovery) {
  /** {@code MfaConfiguration}. */
  public enum Mode {
    OFF,
    OPTIONAL,
    ON
  }

  static MfaPolicy of(PoolDocument document) {
    UserPoolMfaType configured = document.settings().mfaConfiguration();
    Mode mode = configured == null ? Mode.OFF : Mode.valueOf(configured.value());
    Set<MfaFactor> factors = EnumSet.noneOf(MfaFactor.class);
    if (mode != Mode.OFF) {
      if (!Boolean.FALSE.equals(document.smsMfa())
          && document.settings().smsConfiguration() != null) {
        factors.add(MfaFactor.SMS_MFA);
      }
      if (document.softwareTokenMfa() != null
          && Boolean.TRUE.equals(document.softwareTokenMfa().enabled())) {
        factors.add(MfaFactor.SOFTWARE_TOKEN_MFA);
      }
      if (document.emailMfa() != null) {
        factors.add(MfaFactor.EMAIL_OTP);
      }
    }
    return new MfaPolicy(mode, factors, recovery(document));
  }

  private static @Nullable String recovery(PoolDocument document) {
    List<RecoveryOptionType> options =
        document.settings().accountRecoverySetting() == null
            ? null
            : document.settings().accountRecoverySetting().recoveryMechanisms();
    if (options == null || options.size() != 1 || options.getFirst().name() == null) {
      return null;
    }
    String name = options.getFirst().name().value();
    return name.startsWith("verified_") ? name.substring("verified_".length()) : null;
  }

  public boolean required() {
    return mode == Mode.ON;
  }

  public boolean has(MfaFactor factor) {
    return factors.contains(factor);
  }

  /** The factors that can be asked of this user, in the order of the enum. */
  public List<MfaFactor> usable(User user) {
    return Arrays.stream(MfaFactor.values()).filter(factor -> usable(factor, user)).toList();
  }

  private boolean usable(MfaFactor factor, User user) {
    if (!has(factor)) {
      return false;
    }
    boolean wanted = user.mfa().has(factor) || required();
    String attribute = factor.attribute();
    return attribute == null
        ? user.mfa().registered() && wanted
        : user.attribute(attribute) != null && wanted && !attribute.equals(recovery);
  }

  /**
   * What a user without a usable factor can set up while signing in: an app, or an address that
   * mails go to. A phone number only an administrator brings.
   */
  public List<MfaFactor> settable() {
    return factors.stream()
        .filter(factor -> factor != MfaFactor.SMS_MFA)
        .filter(factor -> factor.attribute() == null || !factor.attribute().equals(recovery))
        .toList();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.EmailMfaSettingsType;
import dev.gatehouse.model.cognitoidp.MFAOptionType;
import dev.gatehouse.model.cognitoidp.SMSMfaSettingsType;
import dev.gatehouse.model.cognitoidp.SoftwareTokenMfaSettingsType;
import dev.gatehouse.model.cognitoidp.WebAuthnMfaSettingsType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.MfaChange;
import dev.gatehouse.userpool.directory.MfaChange.Settings;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Second factors of a user, as the API's several operations set and show them (users.md §11). */
public final class MfaPreferences {
  private static final MFAOptionType SMS_OPTION =
      MFAOptionType.builder()
          .deliveryMedium(DeliveryMediumType.SMS)
          .attributeName("phone_number")
          .build();

  private final UserChange change;
  private final Clock clock;

  public MfaPreferences(Database database, Clock clock) {
    this.change = new UserChange(database);
    this.clock = clock;
  }

  /** The four blocks of (Admin)SetUserMFAPreference. */
  record Blocks(
      @Nullable SMSMfaSettingsType sms,
      @Nullable SoftwareTokenMfaSettingsType softwareToken,
      @Nullable EmailMfaSettingsType email,
      @Nullable WebAuthnMfaSettingsType webAuthn) {}

  /**
   * @throws dev.gatehouse.kernel.Refusal MFA_PREFERENCES, MFA_WITHOUT_ADDRESS, MFA_NOT_ENABLED,
   *     USER_UNKNOWN
   */
  void set(Pool pool, String name, Blocks blocks) {
    MfaChange wanted = new MfaChange();
    if (blocks.sms() != null) {
      wanted.set(
          MfaFactor.SMS_MFA, new Settings(blocks.sms().enabled(), blocks.sms().preferredMfa()));
    }
    if (blocks.softwareToken() != null) {
      wanted.set(
          MfaFactor.SOFTWARE_TOKEN_MFA,
          new Settings(blocks.softwareToken().enabled(), blocks.softwareToken().preferredMfa()));
    }
    if (blocks.email() != null) {
      wanted.set(
          MfaFactor.EMAIL_OTP,
          new Settings(blocks.email().enabled(), blocks.email().preferredMfa()));
    }
    if (blocks.webAuthn() != null && Boolean.TRUE.equals(blocks.webAuthn().enabled())) {
      throw Why.MFA_WITHOUT_ADDRESS.refusal("WEB_AUTHN");
    }
    write(pool, name, wanted);
  }

  /**
   * The older form: SMS or nothing.
   *
   * @throws dev.gatehouse.kernel.Refusal MFA_OPTIONS_INVALID, MFA_WITHOUT_ADDRESS, USER_UNKNOWN
   */
  void set(Pool pool, String name, List<MFAOptionType> options) {
    if (!options.stream().allMatch(SMS_OPTION::equals)) {
      throw Why.MFA_OPTIONS_INVALID.refusal();
    }
    write(
        pool, name, new MfaChange().set(MfaFactor.SMS_MFA, new Settings(!options.isEmpty(), null)));
  }

  private void write(Pool pool, String name, MfaChange wanted) {
    change.write(
        pool, name, user -> user.withMfa(wanted.of(user), clock.now()), (handle, after) -> {});
  }

  /** {@code PreferredMfaSetting}. */
  static @Nullable String preferred(User user) {
    MfaFactor preferred = user.mfa().preferred();
    return preferred == null ? null : preferred.name();
  }

  /** {@code UserMFASettingList}; absent when empty (users.md §1). */
  static @Nullable List<String> list(User user) {
    List<String> names = user.mfa().enabled().stream().map(MfaFactor::name).toList();
    return names.isEmpty() ? null : names;
  }

  /** {@code MFAOptions}; absent when empty. */
  static @Nullable List<MFAOptionType> options(User user) {
    return user.mfa().has(MfaFactor.SMS_MFA) ? List.of(SMS_OPTION) : null;
  }

  /**
   * {@code ConfiguredUserAuthFactors}: what the user can sign in with in this pool, and a software
   * token as second factor (new-2026.md §5).
   */
  static List<AuthFactorType> configured(Pool pool, Account account) {
    List<AuthFactorType> allowed = pool.firstFactors();
    List<AuthFactorType> result = new ArrayList<>();
    User user = account.user();
    if (account.credential() != null) {
      result.add(AuthFactorType.PASSWORD);
    }
    if (allowed.contains(AuthFactorType.EMAIL_OTP) && user.attribute("email") != null) {
      result.add(AuthFactorType.EMAIL_OTP);
    }
    if (allowed.contains(AuthFactorType.SMS_OTP) && user.attribute("phone_number") != null) {
      result.add(AuthFactorType.SMS_OTP);
    }
    if (user.mfa().registered()) {
      result.add(AuthFactorType.SOFTWARE_TOKEN);
    }
    return result;
  }
}

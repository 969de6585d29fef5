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
import dev.gatehouse.userpool.directory.MfaPreference;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.passkey.PasskeyStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.RelyingParty;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Second factors of a user, as the API's several operations set and show them (users.md §11). */
public final class MfaPreferences {
  private static final MFAOptionType SMS_OPTION =
      MFAOptionType.builder()
          .deliveryMedium(DeliveryMediumType.SMS)
          .attributeName("phone_number")
          .build();

  private final Database database;
  private final UserChange change;
  private final Clock clock;

  public MfaPreferences(Database database, Clock clock) {
    this.database = database;
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
   *     PASSKEY_MFA_NOT_ENABLED, USER_UNKNOWN
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
    Boolean passkeys = blocks.webAuthn() == null ? null : blocks.webAuthn().enabled();
    change.write(
        pool,
        name,
        user -> user.withMfa(passkeys(pool, user, wanted.of(user), passkeys), clock.now()),
        (handle, after) -> {});
  }

  /** A passkey stands for two factors only where the pool has it do so, and if there is one. */
  private MfaPreference passkeys(
      Pool pool, User user, MfaPreference preference, @Nullable Boolean on) {
    if (on == null) {
      return preference;
    }
    if (on
        && pool.relyingParty()
            .filter(party -> party.factors() == RelyingParty.Factors.MULTIPLE)
            .isEmpty()) {
      throw Why.PASSKEY_MFA_NOT_ENABLED.refusal();
    }
    if (on && database.read(handle -> PasskeyStore.count(handle, pool.id(), user.sub())) == 0) {
      throw Why.MFA_WITHOUT_ADDRESS.refusal("WEB_AUTHN");
    }
    return preference.withPasskeys(on);
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
  static List<AuthFactorType> configured(Handle handle, Pool pool, Account account) {
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
    if (allowed.contains(AuthFactorType.WEB_AUTHN)
        && PasskeyStore.count(handle, pool.id(), user.sub()) > 0) {
      result.add(AuthFactorType.WEB_AUTHN);
    }
    if (user.mfa().registered()) {
      result.add(AuthFactorType.SOFTWARE_TOKEN);
    }
    return result;
  }
}

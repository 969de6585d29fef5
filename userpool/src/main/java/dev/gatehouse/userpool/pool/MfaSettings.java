package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.SmsMfaConfigType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.WebAuthnConfigurationType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SetUserPoolMfaConfig's rules (userpool.md §7). */
public final class MfaSettings {
  private MfaSettings() {}

  /**
   * The pool's document after the call, which replaces all factor blocks.
   *
   * @throws dev.gatehouse.kernel.Refusal for the first rule that is broken
   */
  public static PoolDocument set(Pool pool, SetUserPoolMfaConfigRequest request) {
    PoolDocument before = pool.document();
    RelyingParty.check(request.webAuthnConfiguration());
    UserPoolMfaType mode =
        request.mfaConfiguration() == null ? UserPoolMfaType.OFF : request.mfaConfiguration();
    boolean anyBlock =
        request.smsMfaConfiguration() != null
            || request.softwareTokenMfaConfiguration() != null
            || request.emailMfaConfiguration() != null;
    UserPoolType.Builder settings = before.settings().toBuilder().mfaConfiguration(mode);
    if (UserPoolMfaType.OFF.equals(mode)) {
      if (anyBlock) {
        throw Why.MFA_OFF_WITH_FACTORS.refusal();
      }
      return off(before, settings.build(), request);
    }
    SmsMfaConfigType sms = request.smsMfaConfiguration();
    boolean totp =
        request.softwareTokenMfaConfiguration() != null
            && Boolean.TRUE.equals(request.softwareTokenMfaConfiguration().enabled());
    if (sms == null && !totp && request.emailMfaConfiguration() == null) {
      throw Why.MFA_ON_WITHOUT_FACTORS.refusal();
    }
    if (sms != null) {
      settings.smsAuthenticationMessage(sms.smsAuthenticationMessage());
      if (sms.smsConfiguration() != null) {
        settings.smsConfiguration(PoolSettings.sms(sms.smsConfiguration(), pool.region()));
      } else if (before.settings().smsConfiguration() == null) {
        throw Why.MFA_NEEDS_SMS.refusal();
      }
      checkOtherRecovery(
          before.settings(),
          RecoveryOptionNameType.VERIFIED_PHONE_NUMBER,
          "SMS cannot be both an MFA factor and the only way of account recovery.");
    }
    if (request.emailMfaConfiguration() != null) {
      checkEmail(before.settings());
    }
    PoolDocument result =
        new PoolDocument(
            before.v(),
            settings.build(),
            request.softwareTokenMfaConfiguration(),
            request.emailMfaConfiguration(),
            request.webAuthnConfiguration(),
            sms != null,
            before.sessions());
    if (UserPoolMfaType.ON.equals(mode)) {
      checkFirstFactors(PoolChecks.factors(result.settings()), result.webAuthn());
    }
    return result;
  }

  private static PoolDocument off(
      PoolDocument before, UserPoolType settings, SetUserPoolMfaConfigRequest request) {
    return new PoolDocument(
        before.v(),
        settings,
        null,
        null,
        request.webAuthnConfiguration() == null
            ? before.webAuthn()
            : request.webAuthnConfiguration(),
        null,
        before.sessions());
  }

  /** Codes by e-mail need a sender of one's own, and another way to recover the account. */
  private static void checkEmail(UserPoolType settings) {
    EmailConfigurationType email = settings.emailConfiguration();
    if (email == null || !EmailSendingAccountType.DEVELOPER.equals(email.emailSendingAccount())) {
      throw Why.INVALID_SETTING.refusal(
          "EmailSendingAccount DEVELOPER is required when email MFA is configured.");
    }
    checkOtherRecovery(
        settings,
        RecoveryOptionNameType.VERIFIED_EMAIL,
        "Email cannot be both an MFA factor and the only way of account recovery.");
  }

  /** Whoever has the factor's channel alone would have both the second factor and the first. */
  private static void checkOtherRecovery(
      UserPoolType settings, RecoveryOptionNameType channel, String refusal) {
    List<RecoveryOptionType> recovery =
        settings.accountRecoverySetting() == null
            ? null
            : settings.accountRecoverySetting().recoveryMechanisms();
    if (recovery != null && recovery.size() == 1 && channel.equals(recovery.getFirst().name())) {
      throw Why.INVALID_SETTING.refusal(refusal);
    }
  }

  /** Which first factors go with MFA ON. */
  static void checkFirstFactors(
      List<AuthFactorType> factors, @Nullable WebAuthnConfigurationType webAuthn) {
    if (factors.contains(AuthFactorType.EMAIL_OTP) || factors.contains(AuthFactorType.SMS_OTP)) {
      throw Why.MFA_ON_ALLOWS_PASSWORD_FIRST.refusal();
    }
    boolean multiFactor =
        webAuthn != null
            && webAuthn.factorConfiguration() != null
            && webAuthn.factorConfiguration().value().equals("MULTI_FACTOR_WITH_USER_VERIFICATION");
    if (factors.contains(AuthFactorType.WEB_AUTHN) && !multiFactor) {
      throw Why.MFA_ON_PASSKEY_SINGLE_FACTOR.refusal();
    }
  }
}

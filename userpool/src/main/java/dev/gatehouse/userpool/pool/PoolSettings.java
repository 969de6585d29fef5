package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.AccountRecoverySettingType;
import dev.gatehouse.model.cognitoidp.AdminCreateUserConfigType;
import dev.gatehouse.model.cognitoidp.AdvancedSecurityModeType;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DefaultEmailOptionType;
import dev.gatehouse.model.cognitoidp.DeletionProtectionType;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.SignInPolicyType;
import dev.gatehouse.model.cognitoidp.SmsConfigurationType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UserPoolAddOnsType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolTierType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.VerificationMessageTemplateType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the members of CreateUserPool and UpdateUserPool to a pool's stored settings: defaults,
 * mirrored members, and what an update resets (userpool.md §1, §2). What the settings may not be is
 * in {@link PoolChecks}.
 */
public final class PoolSettings {
  private static final int TEMPORARY_DAYS = 7;

  private PoolSettings() {}

  /** The settings of a new pool. */
  public static UserPoolType ofNew(CreateUserPoolRequest request, String region) {
    UserPoolTierType tier = request.userPoolTier();
    if (tier == null) {
      tier =
          threatProtection(request.userPoolAddOns())
              ? UserPoolTierType.PLUS
              : UserPoolTierType.ESSENTIALS;
    }
    VerificationMessageTemplateType template =
        template(
            request.verificationMessageTemplate(),
            request.smsVerificationMessage(),
            request.emailVerificationMessage(),
            request.emailVerificationSubject());
    Passwords passwords = Passwords.of(request.policies(), request.adminCreateUserConfig(), null);
    return UserPoolType.builder()
        .name(request.poolName())
        .policies(passwords.policies())
        .deletionProtection(orElse(request.deletionProtection(), DeletionProtectionType.INACTIVE))
        .lambdaConfig(orElse(request.lambdaConfig(), LambdaConfigType.builder().build()))
        .schemaAttributes(Schemas.ofNewPool(request.schema()))
        .autoVerifiedAttributes(nonEmpty(request.autoVerifiedAttributes()))
        .aliasAttributes(nonEmpty(request.aliasAttributes()))
        .usernameAttributes(nonEmpty(request.usernameAttributes()))
        .verificationMessageTemplate(template)
        .smsVerificationMessage(template.smsMessage())
        .emailVerificationMessage(template.emailMessage())
        .emailVerificationSubject(template.emailSubject())
        .smsAuthenticationMessage(request.smsAuthenticationMessage())
        .mfaConfiguration(orElse(request.mfaConfiguration(), UserPoolMfaType.OFF))
        .userAttributeUpdateSettings(request.userAttributeUpdateSettings())
        .deviceConfiguration(request.deviceConfiguration())
        .emailConfiguration(email(request.emailConfiguration()))
        .smsConfiguration(sms(request.smsConfiguration(), region))
        .userPoolTags(orElse(request.userPoolTags(), Map.of()))
        .adminCreateUserConfig(passwords.adminCreateUser())
        .userPoolAddOns(request.userPoolAddOns())
        .usernameConfiguration(request.usernameConfiguration())
        .accountRecoverySetting(orElse(request.accountRecoverySetting(), defaultRecovery()))
        .userPoolTier(tier)
        .keyConfiguration(request.keyConfiguration())
        .issuerConfiguration(request.issuerConfiguration())
        .dcrConfiguration(request.dcrConfiguration())
        .acrConfiguration(request.acrConfiguration())
        .build();
  }

  /**
   * The settings after an update: every member that was left out goes back to its default, but
   * tier, tags, sign-in policy (when all of {@code Policies} is left out), attribute-update
   * settings and dynamic client registration stay (userpool.md §2).
   */
  public static UserPoolType updated(Pool pool, UpdateUserPoolRequest request) {
    UserPoolType before = pool.settings();
    VerificationMessageTemplateType template =
        template(
            request.verificationMessageTemplate(),
            request.smsVerificationMessage(),
            request.emailVerificationMessage(),
            request.emailVerificationSubject());
    Passwords passwords =
        Passwords.of(request.policies(), request.adminCreateUserConfig(), before.policies());
    return before.toBuilder()
        .name(orElse(request.poolName(), before.name()))
        .policies(passwords.policies())
        .deletionProtection(orElse(request.deletionProtection(), DeletionProtectionType.INACTIVE))
        .lambdaConfig(orElse(request.lambdaConfig(), LambdaConfigType.builder().build()))
        .autoVerifiedAttributes(nonEmpty(request.autoVerifiedAttributes()))
        .verificationMessageTemplate(template)
        .smsVerificationMessage(template.smsMessage())
        .emailVerificationMessage(template.emailMessage())
        .emailVerificationSubject(template.emailSubject())
        .smsAuthenticationMessage(request.smsAuthenticationMessage())
        .mfaConfiguration(orElse(request.mfaConfiguration(), UserPoolMfaType.OFF))
        .userAttributeUpdateSettings(
            orElse(request.userAttributeUpdateSettings(), before.userAttributeUpdateSettings()))
        .deviceConfiguration(request.deviceConfiguration())
        .emailConfiguration(email(request.emailConfiguration()))
        .smsConfiguration(sms(request.smsConfiguration(), pool.region()))
        .userPoolTags(orElse(request.userPoolTags(), before.userPoolTags()))
        .adminCreateUserConfig(passwords.adminCreateUser())
        .userPoolAddOns(request.userPoolAddOns())
        .accountRecoverySetting(orElse(request.accountRecoverySetting(), defaultRecovery()))
        .userPoolTier(orElse(request.userPoolTier(), before.userPoolTier()))
        .keyConfiguration(request.keyConfiguration())
        .issuerConfiguration(request.issuerConfiguration())
        .dcrConfiguration(orElse(request.dcrConfiguration(), before.dcrConfiguration()))
        .acrConfiguration(request.acrConfiguration())
        .build();
  }

  static boolean threatProtection(@Nullable UserPoolAddOnsType addOns) {
    return addOns != null
        && addOns.advancedSecurityMode() != null
        && !AdvancedSecurityModeType.OFF.equals(addOns.advancedSecurityMode());
  }

  /** Two members that mirror each other: validity of temporary passwords and of unused accounts. */
  private record Passwords(UserPoolPolicyType policies, AdminCreateUserConfigType adminCreateUser) {
    static Passwords of(
        @Nullable UserPoolPolicyType policies,
        @Nullable AdminCreateUserConfigType adminCreateUser,
        @Nullable UserPoolPolicyType before) {
      PasswordPolicyType policy = policies == null ? null : policies.passwordPolicy();
      int days = days(policy, adminCreateUser);
      SignInPolicyType signIn = policies == null ? null : policies.signInPolicy();
      if (policies == null && before != null) {
        signIn = before.signInPolicy();
      }
      return new Passwords(
          UserPoolPolicyType.builder()
              .passwordPolicy(passwordPolicy(policy, days))
              .signInPolicy(
                  orElse(
                      signIn,
                      SignInPolicyType.builder()
                          .allowedFirstAuthFactors(List.of(AuthFactorType.PASSWORD))
                          .build()))
              .build(),
          AdminCreateUserConfigType.builder()
              .allowAdminCreateUserOnly(
                  adminCreateUser != null
                      && Boolean.TRUE.equals(adminCreateUser.allowAdminCreateUserOnly()))
              .unusedAccountValidityDays(days)
              .inviteMessageTemplate(
                  adminCreateUser == null ? null : adminCreateUser.inviteMessageTemplate())
              .build());
    }

    private static int days(
        @Nullable PasswordPolicyType policy, @Nullable AdminCreateUserConfigType adminCreateUser) {
      Integer temporary = policy == null ? null : policy.temporaryPasswordValidityDays();
      Integer unused = adminCreateUser == null ? null : adminCreateUser.unusedAccountValidityDays();
      if (temporary != null && unused != null && !temporary.equals(unused)) {
        throw Why.UNUSED_ACCOUNT_VALIDITY_DIFFERS.refusal();
      }
      int days = orElse(orElse(temporary, unused), TEMPORARY_DAYS);
      return days == 0 ? TEMPORARY_DAYS : days;
    }

    /**
     * A policy given in part does not mix with the defaults: what it leaves out is not required
     * (userpool.md §5).
     */
    private static PasswordPolicyType passwordPolicy(
        @Nullable PasswordPolicyType policy, int days) {
      PasswordPolicyType.Builder result =
          PasswordPolicyType.builder().temporaryPasswordValidityDays(days);
      if (policy == null) {
        return result
            .minimumLength(8)
            .requireUppercase(true)
            .requireLowercase(true)
            .requireNumbers(true)
            .requireSymbols(true)
            .build();
      }
      return result
          .minimumLength(orElse(policy.minimumLength(), 8))
          .requireUppercase(Boolean.TRUE.equals(policy.requireUppercase()))
          .requireLowercase(Boolean.TRUE.equals(policy.requireLowercase()))
          .requireNumbers(Boolean.TRUE.equals(policy.requireNumbers()))
          .requireSymbols(Boolean.TRUE.equals(policy.requireSymbols()))
          .passwordHistorySize(policy.passwordHistorySize())
          .build();
    }
  }

  /**
   * The texts at the top level and those of the same name in the template mirror each other; the
   * template's win.
   */
  private static VerificationMessageTemplateType template(
      @Nullable VerificationMessageTemplateType given,
      @Nullable String sms,
      @Nullable String email,
      @Nullable String subject) {
    VerificationMessageTemplateType base =
        given == null ? VerificationMessageTemplateType.builder().build() : given;
    return base.toBuilder()
        .smsMessage(orElse(base.smsMessage(), sms))
        .emailMessage(orElse(base.emailMessage(), email))
        .emailSubject(orElse(base.emailSubject(), subject))
        .defaultEmailOption(
            orElse(base.defaultEmailOption(), DefaultEmailOptionType.CONFIRM_WITH_CODE))
        .build();
  }

  private static EmailConfigurationType email(@Nullable EmailConfigurationType given) {
    EmailConfigurationType base = given == null ? EmailConfigurationType.builder().build() : given;
    return base.toBuilder()
        .emailSendingAccount(
            orElse(base.emailSendingAccount(), EmailSendingAccountType.COGNITO_DEFAULT))
        .build();
  }

  static @Nullable SmsConfigurationType sms(@Nullable SmsConfigurationType given, String region) {
    return given == null || given.snsRegion() != null
        ? given
        : given.toBuilder().snsRegion(region).build();
  }

  private static AccountRecoverySettingType defaultRecovery() {
    return AccountRecoverySettingType.builder()
        .recoveryMechanisms(
            List.of(
                RecoveryOptionType.builder()
                    .priority(1)
                    .name(RecoveryOptionNameType.VERIFIED_PHONE_NUMBER)
                    .build(),
                RecoveryOptionType.builder()
                    .priority(2)
                    .name(RecoveryOptionNameType.VERIFIED_EMAIL)
                    .build()))
        .build();
  }

  private static <T> @Nullable List<T> nonEmpty(@Nullable List<T> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  private static <T extends @Nullable Object> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}

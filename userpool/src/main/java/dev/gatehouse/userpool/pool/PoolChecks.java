package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.EncryptionKeyType;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationLambdaVersionType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationVersionConfigType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UserPoolTierType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.UsernameConfigurationType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a pool's settings may not be; run in this order on create and update (userpool.md §1, §2, §7
 * to §9).
 */
public final class PoolChecks {
  private static final int MOST_TAGS = 50;
  private static final String SESSIONS = "Session management";

  /**
   * Whether features are held to the pool's tier; one switch of the configuration turns the gates
   * off.
   */
  public enum TierGates {
    ENFORCED,
    OFF
  }

  private final TierGates tierGates;

  public PoolChecks(TierGates tierGates) {
    this.tierGates = tierGates;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal for the first rule that is broken
   */
  public void check(PoolDocument document) {
    UserPoolType settings = document.settings();
    signInIdentifiers(settings);
    smsForMfa(document);
    smsForVerification(settings);
    recovery(settings);
    firstFactors(document);
    lambdas(settings);
    messages(settings);
    keys(settings);
    tags(settings);
    LevelNames.check(settings.acrConfiguration());
    if (tierGates == TierGates.ENFORCED) {
      tier(document);
    }
  }

  // 1. Aliases and username attributes exclude each other; an alias cannot be required (userpool.md
  // §3.1, §4)
  private static void signInIdentifiers(UserPoolType settings) {
    if (settings.aliasAttributes() != null && settings.usernameAttributes() != null) {
      throw Why.INVALID_SETTING.refusal(
          "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    }
    boolean preferredAlias =
        settings.aliasAttributes() != null
            && settings.aliasAttributes().stream()
                .anyMatch(alias -> alias.value().equals("preferred_username"));
    boolean preferredRequired =
        settings.schemaAttributes() != null
            && settings.schemaAttributes().stream()
                .anyMatch(a ->
                    "preferred_username".equals(a.name()) && Boolean.TRUE.equals(a.required()));
    if (preferredAlias && preferredRequired) {
      throw Why.INVALID_SETTING.refusal("preferred_username cannot be both an alias and required.");
    }
    UsernameConfigurationType username = settings.usernameConfiguration();
    if (username != null && username.caseSensitive() == null) {
      throw Why.INVALID_SETTING.refusal("CaseSensitive is required in UsernameConfiguration.");
    }
  }

  // 2. MFA here means SMS, unless SetUserPoolMfaConfig has given the pool another factor
  // (userpool.md §1)
  private static void smsForMfa(PoolDocument document) {
    UserPoolType settings = document.settings();
    boolean mfa = !UserPoolMfaType.OFF.equals(settings.mfaConfiguration());
    boolean otherFactor =
        (document.softwareTokenMfa() != null
                && Boolean.TRUE.equals(document.softwareTokenMfa().enabled()))
            || document.emailMfa() != null;
    if (mfa && settings.smsConfiguration() == null && !otherFactor) {
      throw Why.MFA_NEEDS_SMS.refusal();
    }
  }

  // 3. A phone number cannot be verified without SMS (userpool.md §1)
  private static void smsForVerification(UserPoolType settings) {
    if (settings.autoVerifiedAttributes() != null
        && settings.autoVerifiedAttributes().stream()
            .anyMatch(attribute -> attribute.value().equals("phone_number"))
        && settings.smsConfiguration() == null) {
      throw Why.SMS_NEEDED_FOR_PHONE_VERIFICATION.refusal();
    }
  }

  // 4. Account recovery: admin_only stands alone, names and priorities differ (userpool.md §8)
  private static void recovery(UserPoolType settings) {
    List<RecoveryOptionType> options =
        settings.accountRecoverySetting() == null
                || settings.accountRecoverySetting().recoveryMechanisms() == null
            ? List.of()
            : settings.accountRecoverySetting().recoveryMechanisms();
    Set<Object> names = new HashSet<>();
    Set<Object> priorities = new HashSet<>();
    for (RecoveryOptionType option : options) {
      if (!names.add(Objects.requireNonNull(option.name()))
          || !priorities.add(Objects.requireNonNull(option.priority()))) {
        throw Why.INVALID_SETTING.refusal(
            "Account Recovery Setting cannot have duplicate names or priorities.");
      }
    }
    if (names.contains(RecoveryOptionNameType.ADMIN_ONLY) && names.size() > 1) {
      throw Why.INVALID_SETTING.refusal(
          "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.");
    }
  }

  // 5. First factors: PASSWORD is always among them; with MFA ON no one-time codes (userpool.md §7)
  private static void firstFactors(PoolDocument document) {
    List<AuthFactorType> factors = factors(document.settings());
    if (!factors.contains(AuthFactorType.PASSWORD)
        || factors.stream().anyMatch(factor -> factor.value().equals("SOFTWARE_TOKEN"))) {
      throw Why.INVALID_SETTING.refusal(
          "AllowedFirstAuthFactors must hold PASSWORD and may hold EMAIL_OTP, SMS_OTP and WEB_AUTHN.");
    }
    if (UserPoolMfaType.ON.equals(document.settings().mfaConfiguration())) {
      MfaSettings.checkFirstFactors(factors, document.webAuthn());
    }
  }

  static List<AuthFactorType> factors(UserPoolType settings) {
    if (settings.policies() == null
        || settings.policies().signInPolicy() == null
        || settings.policies().signInPolicy().allowedFirstAuthFactors() == null) {
      return List.of(AuthFactorType.PASSWORD);
    }
    return settings.policies().signInPolicy().allowedFirstAuthFactors();
  }

  // 6. Triggers: the two forms of PreTokenGeneration agree; a custom sender needs its key
  // (userpool.md §21)
  private static void lambdas(UserPoolType settings) {
    LambdaConfigType lambda = settings.lambdaConfig();
    if (lambda == null) {
      return;
    }
    PreTokenGenerationVersionConfigType versioned = lambda.preTokenGenerationConfig();
    if (lambda.preTokenGeneration() != null
        && versioned != null
        && !lambda.preTokenGeneration().equals(versioned.lambdaArn())) {
      throw Why.INVALID_SETTING.refusal(
          "PreTokenGeneration and PreTokenGenerationConfig must name the same function.");
    }
    if ((lambda.customEmailSender() != null || lambda.customSMSSender() != null)
        && lambda.kmsKeyID() == null) {
      throw Why.INVALID_SETTING.refusal(
          "KMSKeyID is required when a custom sender trigger is configured.");
    }
  }

  // 7. Messages: a subject becomes a header, and DEVELOPER needs its sender (userpool.md §6)
  private static void messages(UserPoolType settings) {
    List<String> subjects = new java.util.ArrayList<>();
    if (settings.verificationMessageTemplate() != null) {
      subjects.add(String.valueOf(settings.verificationMessageTemplate().emailSubject()));
      subjects.add(String.valueOf(settings.verificationMessageTemplate().emailSubjectByLink()));
    }
    if (settings.adminCreateUserConfig() != null
        && settings.adminCreateUserConfig().inviteMessageTemplate() != null) {
      subjects.add(
          String.valueOf(settings.adminCreateUserConfig().inviteMessageTemplate().emailSubject()));
    }
    if (subjects.stream().anyMatch(subject -> subject.chars().anyMatch(Character::isISOControl))) {
      throw Why.INVALID_SETTING.refusal("An email subject may hold no control characters.");
    }
    EmailConfigurationType email = settings.emailConfiguration();
    if (email != null
        && EmailSendingAccountType.DEVELOPER.equals(email.emailSendingAccount())
        && email.sourceArn() == null) {
      throw Why.INVALID_SETTING.refusal(
          "SourceArn is required when EmailSendingAccount is DEVELOPER.");
    }
  }

  // 8. Keys of one's own are not served: secrets are under the server's master key
  private static void keys(UserPoolType settings) {
    if (settings.keyConfiguration() != null
        && EncryptionKeyType.CUSTOMER_MANAGED_KEY.equals(settings.keyConfiguration().keyType())) {
      throw Why.INVALID_SETTING.refusal("KeyType CUSTOMER_MANAGED_KEY is not served.");
    }
  }

  // 9. Tags (userpool.md §17)
  private static void tags(UserPoolType settings) {
    Map<String, String> tags = settings.userPoolTags();
    if (tags != null && tags.size() > MOST_TAGS) {
      throw Why.LIMIT_OF.refusal("A user pool cannot have more than " + MOST_TAGS + " tags.");
    }
  }

  // 10. What the tier does not include (userpool.md §9)
  private static void tier(PoolDocument document) {
    UserPoolType settings = document.settings();
    UserPoolTierType tier = settings.userPoolTier();
    if (PoolSettings.threatProtection(settings.userPoolAddOns())
        && !UserPoolTierType.PLUS.equals(tier)) {
      throw unavailable("Threat Protection", tier);
    }
    if (!UserPoolTierType.LITE.equals(tier)) {
      return;
    }
    PasswordPolicyType policy =
        settings.policies() == null ? null : settings.policies().passwordPolicy();
    if (policy != null
        && policy.passwordHistorySize() != null
        && policy.passwordHistorySize() > 0) {
      throw unavailable("Password history", tier);
    }
    if (factors(settings).size() > 1) {
      throw unavailable("Passwordless sign-in", tier);
    }
    PreTokenGenerationVersionConfigType versioned =
        settings.lambdaConfig() == null ? null : settings.lambdaConfig().preTokenGenerationConfig();
    if (versioned != null
        && !PreTokenGenerationLambdaVersionType.V1_0.equals(versioned.lambdaVersion())) {
      throw unavailable(
          "Token Customization with Pre-Token Generation Lambda "
              + Objects.requireNonNull(versioned.lambdaVersion()).value(),
          tier);
    }
    if (document.emailMfa() != null) {
      throw unavailable("Email MFA", tier);
    }
    if (document.sessions() != null && document.sessions().since() != null) {
      throw unavailable(SESSIONS, tier);
    }
    if (settings.acrConfiguration() != null || settings.dcrConfiguration() != null) {
      throw unavailable("Authentication levels and dynamic client registration", tier);
    }
  }

  /**
   * What the pool's tier does not include of a client's settings (userpool.md §9).
   *
   * @throws dev.gatehouse.kernel.Refusal FEATURE_NOT_IN_TIER
   */
  public void checkClient(Pool pool, UserPoolClientType settings) {
    UserPoolTierType tier = pool.settings().userPoolTier();
    if (tierGates == TierGates.OFF || !UserPoolTierType.LITE.equals(tier)) {
      return;
    }
    if (settings.refreshTokenRotation() != null
        && FeatureType.ENABLED.equals(settings.refreshTokenRotation().feature())) {
      throw unavailable("Refresh token rotation", tier);
    }
    if (settings.explicitAuthFlows() != null
        && settings.explicitAuthFlows().contains(ExplicitAuthFlowsType.ALLOW_USER_AUTH)) {
      throw unavailable("Choice-based sign-in", tier);
    }
  }

  /**
   * Both session configurations are set in pools of a tier that has sessions only (new-2026.md
   * §14).
   *
   * @throws dev.gatehouse.kernel.Refusal FEATURE_NOT_IN_TIER
   */
  public void checkSessions(Pool pool) {
    refuseLite(pool, SESSIONS);
  }

  /**
   * Whether the pool's tier includes choice-based sign-in; a client's setting may be older than the
   * tier.
   *
   * @throws dev.gatehouse.kernel.Refusal FEATURE_NOT_IN_TIER
   */
  public void checkChoice(Pool pool) {
    refuseLite(pool, "Choice-based sign-in");
  }

  private void refuseLite(Pool pool, String feature) {
    UserPoolTierType tier = pool.settings().userPoolTier();
    if (tierGates == TierGates.ENFORCED && UserPoolTierType.LITE.equals(tier)) {
      throw unavailable(feature, tier);
    }
  }

  private static RuntimeException unavailable(
      String feature, @org.jspecify.annotations.Nullable UserPoolTierType tier) {
    return Why.FEATURE_NOT_IN_TIER.refusal(feature, tier == null ? "" : tier.value());
  }
}

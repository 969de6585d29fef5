package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AccountRecoverySettingType;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailMfaConfigType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigResponse;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.SignInPolicyType;
import dev.gatehouse.model.cognitoidp.SmsConfigurationType;
import dev.gatehouse.model.cognitoidp.SmsMfaConfigType;
import dev.gatehouse.model.cognitoidp.SoftwareTokenMfaConfigType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolTierType;
import dev.gatehouse.model.cognitoidp.WebAuthnConfigurationType;
import dev.gatehouse.testkit.Shows;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SetUserPoolMfaConfig and what it refuses. */
@NullUnmarked
class PoolMfaTest {
  private static final String INVALID = "InvalidParameterException: ";
  private static final SoftwareTokenMfaConfigType TOTP =
      SoftwareTokenMfaConfigType.builder().enabled(true).build();
  private static final SmsConfigurationType SMS =
      SmsConfigurationType.builder().snsCallerArn("arn:aws:iam::000000000000:role/sms").build();
  private static final EmailConfigurationType OWN_SENDER =
      EmailConfigurationType.builder()
          .emailSendingAccount(EmailSendingAccountType.DEVELOPER)
          .sourceArn("arn:aws:ses:eu-central-1:000000000000:identity/a@example.com")
          .build();

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private static SetUserPoolMfaConfigRequest.Builder mode(UserPoolMfaType mode) {
    return SetUserPoolMfaConfigRequest.builder().mfaConfiguration(mode);
  }

  private void set(String pool, SetUserPoolMfaConfigRequest.Builder request) {
    fixture.call(CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG, request.userPoolId(pool).build());
  }

  private String refused(String pool, SetUserPoolMfaConfigRequest.Builder request) {
    return fixture.refused(
        CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG, request.userPoolId(pool).build());
  }

  private GetUserPoolMfaConfigResponse get(String pool) {
    return PoolMfa.of(fixture, pool);
  }

  private String poolWithFirstFactors(AuthFactorType... factors) {
    return fixture.pool(
        CreateUserPoolRequest.builder()
            .policies(
                UserPoolPolicyType.builder()
                    .signInPolicy(
                        SignInPolicyType.builder()
                            .allowedFirstAuthFactors(List.of(factors))
                            .build())
                    .build()));
  }

  @Test
  @Shows(id = "userpool-06", says = "MFA OFF, said or left out, goes with no factor but passkeys")
  void offGoesWithNoFactor() {
    String text =
        INVALID
            + "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.";
    assertThat(refused(pool, mode(UserPoolMfaType.OFF).softwareTokenMfaConfiguration(TOTP)))
        .isEqualTo(text);
    assertThat(
            refused(
                pool, SetUserPoolMfaConfigRequest.builder().softwareTokenMfaConfiguration(TOTP)))
        .isEqualTo(text);
    assertThat(
            refused(
                pool,
                mode(UserPoolMfaType.OFF).smsMfaConfiguration(SmsMfaConfigType.builder().build())))
        .isEqualTo(text);
    set(
        pool,
        mode(UserPoolMfaType.OFF)
            .webAuthnConfiguration(
                WebAuthnConfigurationType.builder().relyingPartyId("example.com").build()));
    assertThat(get(pool).webAuthnConfiguration()).isNotNull();
  }

  @Test
  @Shows(id = "userpool-06", says = "MFA ON and OPTIONAL need a factor that is enabled")
  void onNeedsAFactor() {
    for (UserPoolMfaType mode : List.of(UserPoolMfaType.ON, UserPoolMfaType.OPTIONAL)) {
      String text =
          INVALID
              + "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.";
      assertThat(refused(pool, mode(mode))).isEqualTo(text);
      assertThat(
              refused(
                  pool,
                  mode(mode)
                      .softwareTokenMfaConfiguration(
                          SoftwareTokenMfaConfigType.builder().enabled(false).build())))
          .isEqualTo(text);
    }
    assertThat(get(pool).mfaConfiguration()).isEqualTo(UserPoolMfaType.OFF);
  }

  @Test
  @Shows(
      id = "userpool-06",
      says = "a TOTP-only pool is created OFF, set ON, and survives an update that repeats ON")
  void aTotpOnlyPool() {
    set(pool, mode(UserPoolMfaType.ON).softwareTokenMfaConfiguration(TOTP));
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL,
        UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .mfaConfiguration(UserPoolMfaType.ON)
            .policies(
                UserPoolPolicyType.builder()
                    .passwordPolicy(PasswordPolicyType.builder().minimumLength(12).build())
                    .build())
            .build());
    assertThat(get(pool).mfaConfiguration()).isEqualTo(UserPoolMfaType.ON);
    assertThat(get(pool).softwareTokenMfaConfiguration()).isEqualTo(TOTP);
    assertThat(get(pool).smsMfaConfiguration()).isNull();
  }

  @Test
  @Shows(id = "userpool-06", says = "one-time codes as first factors go with OPTIONAL, not with ON")
  void codesAsFirstFactor() {
    String codes = poolWithFirstFactors(AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP);
    assertThat(refused(codes, mode(UserPoolMfaType.ON).softwareTokenMfaConfiguration(TOTP)))
        .isEqualTo(
            INVALID
                + "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled");
    set(codes, mode(UserPoolMfaType.OPTIONAL).softwareTokenMfaConfiguration(TOTP));
    assertThat(get(codes).mfaConfiguration()).isEqualTo(UserPoolMfaType.OPTIONAL);
  }

  @Test
  @Shows(
      id = "userpool-06",
      says = "passkeys as first factor go with MFA ON only when they verify the user")
  void passkeysAsFirstFactor() {
    String passkeys = poolWithFirstFactors(AuthFactorType.PASSWORD, AuthFactorType.WEB_AUTHN);
    assertThat(refused(passkeys, mode(UserPoolMfaType.ON).softwareTokenMfaConfiguration(TOTP)))
        .isEqualTo(
            INVALID
                + "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first"
                + " auth factor");
    set(passkeys, mode(UserPoolMfaType.OPTIONAL).softwareTokenMfaConfiguration(TOTP));
    assertThat(get(passkeys).mfaConfiguration()).isEqualTo(UserPoolMfaType.OPTIONAL);
  }

  @Test
  @Shows(
      id = "userpool-13",
      says = "MFA OFF takes the TOTP and e-mail blocks away, and keeps the SMS configuration")
  void offKeepsTheSmsConfiguration() {
    String both =
        fixture.pool(
            CreateUserPoolRequest.builder().emailConfiguration(OWN_SENDER).smsConfiguration(SMS));
    set(
        both,
        mode(UserPoolMfaType.OPTIONAL)
            .softwareTokenMfaConfiguration(TOTP)
            .emailMfaConfiguration(EmailMfaConfigType.builder().build())
            .smsMfaConfiguration(SmsMfaConfigType.builder().smsConfiguration(SMS).build()));
    assertThat(get(both).emailMfaConfiguration()).isEqualTo(EmailMfaConfigType.builder().build());
    set(both, mode(UserPoolMfaType.OFF));
    GetUserPoolMfaConfigResponse off = get(both);
    assertThat(off.softwareTokenMfaConfiguration()).isNull();
    assertThat(off.emailMfaConfiguration()).isNull();
    assertThat(off.smsMfaConfiguration().smsConfiguration())
        .isEqualTo(SMS.toBuilder().snsRegion(UsersFixture.REGION).build());
  }

  @Test
  void aBlockThatIsLeftOutIsCleared() {
    String both = fixture.pool(CreateUserPoolRequest.builder().smsConfiguration(SMS));
    set(
        both,
        mode(UserPoolMfaType.OPTIONAL)
            .softwareTokenMfaConfiguration(TOTP)
            .smsMfaConfiguration(SmsMfaConfigType.builder().build()));
    assertThat(get(both).smsMfaConfiguration()).isNotNull();
    set(both, mode(UserPoolMfaType.OPTIONAL).softwareTokenMfaConfiguration(TOTP));
    assertThat(get(both).smsMfaConfiguration()).isNull();
    assertThat(get(both).softwareTokenMfaConfiguration()).isEqualTo(TOTP);
  }

  @Test
  void smsIsNotFactorAndOnlyRecovery() {
    String byPhone = recoveredBy(RecoveryOptionNameType.VERIFIED_PHONE_NUMBER);
    assertThat(refused(byPhone, smsFactor())).contains("only way of account recovery");
    assertThat(get(byPhone).mfaConfiguration()).isEqualTo(UserPoolMfaType.OFF);
    String byEmail = recoveredBy(RecoveryOptionNameType.VERIFIED_EMAIL);
    set(byEmail, smsFactor());
    assertThat(get(byEmail).mfaConfiguration()).isEqualTo(UserPoolMfaType.OPTIONAL);
  }

  private static SetUserPoolMfaConfigRequest.Builder smsFactor() {
    return mode(UserPoolMfaType.OPTIONAL)
        .smsMfaConfiguration(SmsMfaConfigType.builder().smsConfiguration(SMS).build());
  }

  private String recoveredBy(RecoveryOptionNameType channel) {
    return fixture.pool(
        CreateUserPoolRequest.builder()
            .smsConfiguration(SMS)
            .accountRecoverySetting(
                AccountRecoverySettingType.builder()
                    .recoveryMechanisms(
                        List.of(RecoveryOptionType.builder().priority(1).name(channel).build()))
                    .build()));
  }

  @Test
  void factorsWithoutASenderAreRefused() {
    assertThat(
            refused(
                pool,
                mode(UserPoolMfaType.ON)
                    .softwareTokenMfaConfiguration(TOTP)
                    .smsMfaConfiguration(SmsMfaConfigType.builder().build())))
        .startsWith(INVALID + "SMS configuration and Auto verification");
    SetUserPoolMfaConfigRequest.Builder email =
        mode(UserPoolMfaType.ON).emailMfaConfiguration(EmailMfaConfigType.builder().build());
    assertThat(refused(pool, email)).contains("EmailSendingAccount DEVELOPER");
    String recoveredByEmail =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .emailConfiguration(OWN_SENDER)
                .accountRecoverySetting(
                    AccountRecoverySettingType.builder()
                        .recoveryMechanisms(
                            List.of(
                                RecoveryOptionType.builder()
                                    .priority(1)
                                    .name(RecoveryOptionNameType.VERIFIED_EMAIL)
                                    .build()))
                        .build()));
    assertThat(refused(recoveredByEmail, email)).contains("only way of account recovery");
    String lite =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .userPoolTier(UserPoolTierType.LITE)
                .emailConfiguration(OWN_SENDER));
    assertThat(refused(lite, email)).startsWith("FeatureUnavailableInTierException: Email MFA");
  }
}

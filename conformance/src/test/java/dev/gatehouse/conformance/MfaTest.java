package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AssociateSoftwareTokenResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EnableSoftwareTokenMfaException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExpiredCodeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RecoveryOptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SoftwareTokenMfaNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

@ExtendWith(TestServer.Extension.class)
class MfaTest {
  private static final String TEMPORARY = "T3mporary!pw";

  private final TestServer server;

  MfaTest(TestServer server) {
    this.server = server;
  }

  private static AttributeType[] phone(boolean verified) {
    return new AttributeType[] {
      Scene.attribute("phone_number", MfaScene.PHONE),
      Scene.attribute("phone_number_verified", String.valueOf(verified))
    };
  }

  /** A confirmed user whom an administrator made. */
  private static String user(Scene scene, AttributeType... attributes) {
    String name = Scene.newName();
    scene
        .admin()
        .adminCreateUser(request ->
            request
                .userPoolId(scene.poolId)
                .username(name)
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(attributes));
    scene
        .admin()
        .adminSetUserPassword(request ->
            request
                .userPoolId(scene.poolId)
                .username(name)
                .password(Scene.PASSWORD)
                .permanent(true));
    return name;
  }

  private static RecoveryOptionType recovery(String name, int priority) {
    return RecoveryOptionType.builder().name(name).priority(priority).build();
  }

  private static void assertNotAuthorized(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(message);
  }

  @Test
  @Shows(
      id = "auth-03",
      says =
          "NEW_PASSWORD_REQUIRED, then MFA_SETUP with AssociateSoftwareToken and VerifySoftwareToken, then tokens; the next sign-in asks for the code")
  @Shows(
      id = "auth-03",
      says = "a Session used twice is refused: session can only be used once.; at every step")
  void aNewPasswordThenASoftwareToken() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.totp());
    Scene scene = mfa.scene;
    String name = Scene.newName();
    scene
        .admin()
        .adminCreateUser(request ->
            request
                .userPoolId(scene.poolId)
                .username(name)
                .temporaryPassword(TEMPORARY)
                .messageAction(MessageActionType.SUPPRESS));
    InitiateAuthResponse first = scene.beginWithPassword(name, TEMPORARY);
    assertThat(first.challengeName()).isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);

    RespondToAuthChallengeResponse second =
        mfa.answer(
            ChallengeNameType.NEW_PASSWORD_REQUIRED,
            first.session(),
            name,
            "NEW_PASSWORD",
            Scene.PASSWORD);
    assertThat(second.challengeName()).isEqualTo(ChallengeNameType.MFA_SETUP);
    assertThat(second.authenticationResult()).isNull();
    assertThat(second.challengeParameters())
        .containsEntry("MFAS_CAN_SETUP", "[\"SOFTWARE_TOKEN_MFA\"]")
        .containsEntry("USER_ID_FOR_SRP", name);
    assertNotAuthorized(
        () ->
            mfa.answer(
                ChallengeNameType.NEW_PASSWORD_REQUIRED,
                first.session(),
                name,
                "NEW_PASSWORD",
                Scene.PASSWORD),
        "session can only be used once.");
    // nothing has been set up yet
    assertNotAuthorized(
        () -> mfa.answer(ChallengeNameType.MFA_SETUP, second.session(), name),
        "Invalid session for the user.");

    AssociateSoftwareTokenResponse associated =
        scene.anonymous().associateSoftwareToken(r -> r.session(second.session()));
    String secret = associated.secretCode();
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .verifySoftwareToken(
                    r -> r.session(associated.session()).userCode(mfa.code(secret, 5))))
        .isInstanceOf(EnableSoftwareTokenMfaException.class)
        .hasMessageContaining("Code mismatch and fail enable Software Token MFA");
    String code = mfa.code(secret, 0);
    String verified =
        scene
            .anonymous()
            .verifySoftwareToken(r -> r.session(associated.session()).userCode(code))
            .session();
    assertNotAuthorized(
        () ->
            scene
                .anonymous()
                .verifySoftwareToken(r -> r.session(associated.session()).userCode(code)),
        "Invalid session for the user");
    // the client that stops here finds the token in force (auth.md §6), and its code used
    InitiateAuthResponse other = scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(other.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    assertThatThrownBy(() ->
            mfa.answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                other.session(),
                name,
                "SOFTWARE_TOKEN_MFA_CODE",
                code))
        .isInstanceOf(ExpiredCodeException.class);

    // an extra code is tolerated
    RespondToAuthChallengeResponse done =
        mfa.answer(ChallengeNameType.MFA_SETUP, verified, name, "SOFTWARE_TOKEN_MFA_CODE", code);
    assertThat(done.authenticationResult().accessToken()).isNotEmpty();
    assertThat(done.challengeParameters()).isEmpty();
    assertNotAuthorized(
        () -> mfa.answer(ChallengeNameType.MFA_SETUP, verified, name),
        "session can only be used once.");
  }

  @Test
  @Shows(id = "auth-03", says = "an expired Session is refused: session is expired.")
  void anExpiredSession() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.totp());
    String name = user(mfa.scene);
    String session = mfa.scene.beginWithPassword(name, Scene.PASSWORD).session();
    server.server().clock().advance(Duration.ofMinutes(3).plusSeconds(1));
    assertNotAuthorized(
        () -> mfa.answer(ChallengeNameType.MFA_SETUP, session, name), "session is expired.");
    assertNotAuthorized(
        () -> mfa.scene.anonymous().associateSoftwareToken(r -> r.session(session)),
        "session is expired.");
  }

  @Test
  @Shows(
      id = "auth-03",
      says = "a session of another user, of another client, or for another challenge is refused")
  void foreignSessions() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.totp());
    String name = user(mfa.scene);
    String other = user(mfa.scene);
    String session = mfa.scene.beginWithPassword(name, Scene.PASSWORD).session();
    String verified = verified(mfa, session);
    assertNotAuthorized(
        () -> mfa.answer(ChallengeNameType.MFA_SETUP, verified, other),
        "Invalid session for the user.");
    MfaScene elsewhere = new MfaScene(server, mfa.scene.withClient(client -> {}));
    assertNotAuthorized(
        () -> elsewhere.answer(ChallengeNameType.MFA_SETUP, verified, name),
        "Invalid session for the user.");
    assertNotAuthorized(
        () ->
            mfa.answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                verified,
                name,
                "SOFTWARE_TOKEN_MFA_CODE",
                "123456"),
        "Invalid session for the user.");
    assertThat(mfa.answer(ChallengeNameType.MFA_SETUP, verified, name).authenticationResult())
        .isNotNull();
  }

  private String verified(MfaScene mfa, String session) {
    AssociateSoftwareTokenResponse associated =
        mfa.scene.anonymous().associateSoftwareToken(r -> r.session(session));
    return mfa.scene
        .anonymous()
        .verifySoftwareToken(
            r -> r.session(associated.session()).userCode(mfa.code(associated.secretCode(), 0)))
        .session();
  }

  @Test
  @Shows(
      id = "auth-04",
      says =
          "two factors without preference bring SELECT_MFA_TYPE with both parameter names, and the one that is chosen is asked for")
  @Shows(id = "auth-04", says = "with a preference its challenge comes directly")
  void twoFactors() {
    MfaScene mfa =
        MfaScene.of(server, UserPoolMfaType.OPTIONAL, MfaScene.totp().andThen(MfaScene.sms()));
    Scene scene = mfa.scene;
    String name = user(scene, phone(true));
    String token = scene.signIn(name, Scene.PASSWORD).accessToken();
    String secret = mfa.registerTotp(token, "my phone");
    scene
        .anonymous()
        .setUserMFAPreference(r ->
            r.accessToken(token)
                .smsMfaSettings(sms -> sms.enabled(true))
                .softwareTokenMfaSettings(totp -> totp.enabled(true)));

    InitiateAuthResponse choice = scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(choice.challengeName()).isEqualTo(ChallengeNameType.SELECT_MFA_TYPE);
    assertThat(choice.challengeParameters())
        .containsEntry("MFAS_CAN_CHOOSE", "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]")
        .containsEntry("MFAS_CAN_SELECT", "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]");
    assertThatThrownBy(() ->
            mfa.answer(
                ChallengeNameType.SELECT_MFA_TYPE, choice.session(), name, "ANSWER", "EMAIL_OTP"))
        .isInstanceOf(InvalidParameterException.class);
    RespondToAuthChallengeResponse chosen =
        mfa.answer(ChallengeNameType.SELECT_MFA_TYPE, choice.session(), name, "ANSWER", "SMS_MFA");
    assertThat(chosen.challengeName()).isEqualTo(ChallengeNameType.SMS_MFA);
    assertThat(chosen.challengeParameters())
        .containsEntry("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS")
        .containsEntry("CODE_DELIVERY_DESTINATION", "+*******0100");
    assertThat(
            mfa.answer(
                    ChallengeNameType.SMS_MFA,
                    chosen.session(),
                    name,
                    "SMS_MFA_CODE",
                    server.codeSentTo(MfaScene.PHONE))
                .authenticationResult())
        .isNotNull();

    mfa.prefer(name, true, true);
    InitiateAuthResponse direct = scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(direct.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    assertThat(direct.challengeParameters()).containsEntry("FRIENDLY_DEVICE_NAME", "my phone");
    mfa.nextStep();
    assertThat(
            mfa.answer(
                    ChallengeNameType.SOFTWARE_TOKEN_MFA,
                    direct.session(),
                    name,
                    "SOFTWARE_TOKEN_MFA_CODE",
                    mfa.code(secret, 0))
                .authenticationResult())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  @Shows(id = "auth-09", says = "the code of the previous and of the next step is accepted")
  void theNeighbouringSteps(int steps) {
    Totp totp = new Totp();
    totp.mfa.nextStep();
    totp.mfa.nextStep();
    assertThat(totp.answer(totp.begin(), totp.mfa.code(totp.secret, steps)).authenticationResult())
        .isNotNull();
  }

  @Test
  @Shows(
      id = "auth-09",
      says =
          "the same code twice is refused: Your software token has already been used once.; so is an older one")
  @Shows(
      id = "auth-09",
      says = "a code two steps away, and a wrong one, are refused and leave the session usable")
  void aCodeIsGoodOnce() {
    Totp totp = new Totp();
    totp.mfa.nextStep();
    totp.mfa.nextStep();
    String session = totp.begin();
    for (int steps : new int[] {-2, 2}) {
      assertThatThrownBy(() -> totp.answer(session, totp.mfa.code(totp.secret, steps)))
          .isInstanceOf(CodeMismatchException.class)
          .hasMessageContaining("Invalid code received for user");
    }
    String code = totp.mfa.code(totp.secret, 0);
    assertThat(totp.answer(session, code).authenticationResult()).isNotNull();
    String again = totp.begin();
    for (String used : List.of(code, totp.mfa.code(totp.secret, -1))) {
      assertThatThrownBy(() -> totp.answer(again, used))
          .isInstanceOf(ExpiredCodeException.class)
          .hasMessageContaining("Your software token has already been used once.");
    }
    totp.mfa.nextStep();
    assertThat(totp.answer(again, totp.mfa.code(totp.secret, 0)).authenticationResult())
        .isNotNull();
  }

  @Test
  @Shows(
      id = "auth-09",
      says = "five wrong codes lock, and the right one is refused during the lock, too")
  void fiveWrongCodesLock() {
    Totp totp = new Totp();
    totp.mfa.nextStep();
    totp.mfa.nextStep();
    String session = totp.begin();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> totp.answer(session, totp.mfa.code(totp.secret, 7)))
          .isInstanceOf(CodeMismatchException.class);
    }
    assertNotAuthorized(
        () -> totp.answer(totp.begin(), totp.mfa.code(totp.secret, 0)),
        "Password attempts exceeded");
    server.server().clock().advance(Duration.ofSeconds(2));
    assertThat(totp.answer(session, totp.mfa.code(totp.secret, 0)).authenticationResult())
        .isNotNull();
  }

  /** A user of an OPTIONAL pool with a software token that is turned on. */
  private final class Totp {
    final MfaScene mfa = MfaScene.of(server, UserPoolMfaType.OPTIONAL, MfaScene.totp());
    final String name = user(mfa.scene);
    final String secret;

    Totp() {
      secret = mfa.registerTotp(mfa.scene.signIn(name, Scene.PASSWORD).accessToken(), "phone");
      mfa.prefer(name, true, true);
    }

    String begin() {
      InitiateAuthResponse answer = mfa.scene.beginWithPassword(name, Scene.PASSWORD);
      assertThat(answer.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
      return answer.session();
    }

    RespondToAuthChallengeResponse answer(String session, String code) {
      return mfa.answer(
          ChallengeNameType.SOFTWARE_TOKEN_MFA, session, name, "SOFTWARE_TOKEN_MFA_CODE", code);
    }
  }

  @Test
  @Shows(
      id = "auth-11",
      says = "MFA ON with SMS only and no phone number: MFAMethodNotFoundException, in every flow")
  void noPhone() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.sms());
    String name = user(mfa.scene);
    ThrowingCallable bySrp =
        () -> mfa.scene.signInWithSrp(name, Scene.PASSWORD, Scene.Habit.AMPLIFY);
    ThrowingCallable byPassword = () -> mfa.scene.beginWithPassword(name, Scene.PASSWORD);
    for (ThrowingCallable call : List.of(bySrp, byPassword)) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              CognitoIdentityProviderException.class,
              refused ->
                  assertThat(refused.awsErrorDetails().errorCode())
                      .isEqualTo("MFAMethodNotFoundException"))
          .hasMessageContaining("No MFA mechanism registerd in the account.");
    }
    assertNotAuthorized(
        () -> mfa.scene.beginWithPassword(name, "Wrong-pass-1"), "Incorrect username");
  }

  @Test
  @Shows(
      id = "auth-11",
      says = "MFA ON: an unverified phone is asked for by SMS_MFA, and success verifies it")
  void anUnverifiedPhone() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.sms());
    String name = user(mfa.scene, phone(false));
    InitiateAuthResponse asked = mfa.scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SMS_MFA);
    String code = server.codeSentTo(MfaScene.PHONE);
    String wrong = code.equals("000000") ? "000001" : "000000";
    assertThatThrownBy(() ->
            mfa.answer(ChallengeNameType.SMS_MFA, asked.session(), name, "SMS_MFA_CODE", wrong))
        .isInstanceOf(CodeMismatchException.class)
        .hasMessageContaining("Invalid code or auth state for the user.");
    assertThat(verified(mfa, name, "phone_number")).isEqualTo("false");
    assertThat(
            mfa.answer(ChallengeNameType.SMS_MFA, asked.session(), name, "SMS_MFA_CODE", code)
                .authenticationResult())
        .isNotNull();
    assertThat(verified(mfa, name, "phone_number")).isEqualTo("true");
    assertNotAuthorized(
        () -> mfa.answer(ChallengeNameType.SMS_MFA, asked.session(), name, "SMS_MFA_CODE", code),
        "session can only be used once.");
  }

  @Test
  @Shows(
      id = "auth-11",
      says =
          "MFA ON with SMS and TOTP: a phone but no token brings SMS_MFA; a code that went to a number which is no longer the user's is wrong")
  void aPhoneAndNoToken() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.totp().andThen(MfaScene.sms()));
    String name = user(mfa.scene, phone(true));
    InitiateAuthResponse asked = mfa.scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SMS_MFA);
    String code = server.codeSentTo(MfaScene.PHONE);
    mfa.scene
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(mfa.scene.poolId)
                .username(name)
                .userAttributes(
                    Scene.attribute("phone_number", "+15550199"),
                    Scene.attribute("phone_number_verified", "true")));
    assertThatThrownBy(() ->
            mfa.answer(ChallengeNameType.SMS_MFA, asked.session(), name, "SMS_MFA_CODE", code))
        .isInstanceOf(CodeMismatchException.class);
  }

  @Test
  @Shows(id = "auth-11", says = "MFA ON with TOTP only and no token: MFA_SETUP")
  void noToken() {
    MfaScene mfa = MfaScene.of(server, UserPoolMfaType.ON, MfaScene.totp());
    String name = user(mfa.scene, phone(true));
    assertThat(mfa.scene.beginWithPassword(name, Scene.PASSWORD).challengeName())
        .isEqualTo(ChallengeNameType.MFA_SETUP);
    mfa.configure(UserPoolMfaType.OPTIONAL, MfaScene.totp());
    assertThat(mfa.scene.signIn(name, Scene.PASSWORD)).isNotNull();
  }

  @Test
  @Shows(
      id = "new-2026-10",
      says =
          "after AdminDeleteSoftwareToken the sign-in asks for no code, and the token's secret is gone")
  @Shows(id = "new-2026-10", says = "AdminGetUserAuthFactors equals GetUserAuthFactors")
  void theTokenIsTakenAway() {
    Totp totp = new Totp();
    Scene scene = totp.mfa.scene;
    totp.mfa.nextStep();
    totp.mfa.nextStep();
    String token =
        totp.answer(totp.begin(), totp.mfa.code(totp.secret, 0))
            .authenticationResult()
            .accessToken();
    var own = scene.anonymous().getUserAuthFactors(r -> r.accessToken(token));
    var seen =
        scene.admin().adminGetUserAuthFactors(r -> r.userPoolId(scene.poolId).username(totp.name));
    assertThat(own.userMFASettingList()).containsExactly("SOFTWARE_TOKEN_MFA");
    assertThat(own.preferredMfaSetting()).isEqualTo("SOFTWARE_TOKEN_MFA");
    assertThat(own.configuredUserAuthFactorsAsStrings())
        .containsExactly("PASSWORD", "SOFTWARE_TOKEN");
    assertThat(seen.username()).isEqualTo(own.username());
    assertThat(seen.userMFASettingList()).isEqualTo(own.userMFASettingList());
    assertThat(seen.preferredMfaSetting()).isEqualTo(own.preferredMfaSetting());
    assertThat(seen.configuredUserAuthFactorsAsStrings())
        .isEqualTo(own.configuredUserAuthFactorsAsStrings());

    String half = totp.begin();
    scene.admin().adminDeleteSoftwareToken(r -> r.userPoolId(scene.poolId).username(totp.name));
    assertThat(scene.signIn(totp.name, Scene.PASSWORD)).isNotNull();
    totp.mfa.nextStep();
    assertThatThrownBy(() -> totp.answer(half, totp.mfa.code(totp.secret, 0)))
        .isInstanceOf(SoftwareTokenMfaNotFoundException.class);
    assertThat(
            scene
                .admin()
                .adminGetUser(r -> r.userPoolId(scene.poolId).username(totp.name))
                .hasUserMFASettingList())
        .isFalse();
    // once more changes nothing
    scene.admin().adminDeleteSoftwareToken(r -> r.userPoolId(scene.poolId).username(totp.name));
  }

  @Test
  @Shows(
      id = "userpool-13",
      says =
          "ForgotPassword of a user with SMS MFA goes to the e-mail under the default list, of one without to the first that is verified")
  void aResetDoesNotGoWhereTheFactorGoes() {
    MfaScene mfa =
        MfaScene.of(
            server,
            pool ->
                pool.accountRecoverySetting(setting ->
                    setting.recoveryMechanisms(
                        List.of(
                            recovery("verified_email", 2), recovery("verified_phone_number", 1)))),
            UserPoolMfaType.OPTIONAL,
            MfaScene.sms());
    Scene scene = mfa.scene;
    String name =
        user(
            scene,
            Scene.attribute("email", "jan@example.com"),
            Scene.attribute("email_verified", "true"),
            phone(true)[0],
            phone(true)[1]);
    assertThat(resetGoesTo(scene, name)).isEqualTo("SMS");
    // the default list names the e-mail first, so that SMS can be a factor
    scene
        .admin()
        .updateUserPool(r ->
            r.userPoolId(scene.poolId)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .smsConfiguration(MfaScene.SMS)
                .accountRecoverySetting(setting ->
                    setting.recoveryMechanisms(
                        List.of(
                            recovery("verified_email", 1), recovery("verified_phone_number", 2)))));
    scene
        .admin()
        .adminSetUserMFAPreference(r ->
            r.userPoolId(scene.poolId)
                .username(name)
                .smsMfaSettings(sms -> sms.enabled(true).preferredMfa(true)));
    assertThat(resetGoesTo(scene, name)).isEqualTo("EMAIL");
    scene
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(scene.poolId)
                .username(name)
                .userAttributes(Scene.attribute("email_verified", "false")));
    assertThatThrownBy(() -> resetGoesTo(scene, name))
        .isInstanceOf(InvalidParameterException.class);
  }

  private static String resetGoesTo(Scene scene, String name) {
    return scene
        .anonymous()
        .forgotPassword(r -> r.clientId(scene.clientId()).username(name))
        .codeDeliveryDetails()
        .deliveryMediumAsString();
  }

  private static String verified(MfaScene mfa, String name, String attribute) {
    return mfa
        .scene
        .admin()
        .adminGetUser(r -> r.userPoolId(mfa.scene.poolId).username(name))
        .userAttributes()
        .stream()
        .filter(found -> found.name().equals(attribute + "_verified"))
        .map(AttributeType::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void emailAsSecondFactorIsSetUpWhileSigningIn() {
    MfaScene mfa =
        MfaScene.of(
            server,
            pool ->
                pool.emailConfiguration(email ->
                        email
                            .emailSendingAccount("DEVELOPER")
                            .sourceArn(
                                "arn:aws:ses:us-east-1:000000000000:identity/no-reply@example.com"))
                    .accountRecoverySetting(
                        setting -> setting.recoveryMechanisms(recovery("admin_only", 1))),
            UserPoolMfaType.ON,
            request -> request.emailMfaConfiguration(email -> email.message("Use {####}")));
    Scene scene = mfa.scene;
    String name = user(scene);
    String address = name + "@example.com";
    InitiateAuthResponse asked =
        scene.begin(
            AuthFlowType.USER_PASSWORD_AUTH, Map.of("USERNAME", name, "PASSWORD", Scene.PASSWORD));
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.MFA_SETUP);
    assertThat(asked.challengeParameters()).containsEntry("MFAS_CAN_SETUP", "[\"EMAIL_OTP\"]");
    assertThatThrownBy(() ->
            mfa.answer(ChallengeNameType.MFA_SETUP, asked.session(), name, "EMAIL", "no address"))
        .isInstanceOf(InvalidParameterException.class);
    RespondToAuthChallengeResponse sent =
        mfa.answer(ChallengeNameType.MFA_SETUP, asked.session(), name, "EMAIL", address);
    assertThat(sent.challengeName()).isEqualTo(ChallengeNameType.EMAIL_OTP);
    assertThat(server.messagesTo(address).get(0).get("text").asString()).startsWith("Use ");
    assertThat(
            mfa.answer(
                    ChallengeNameType.EMAIL_OTP,
                    sent.session(),
                    name,
                    "EMAIL_OTP_CODE",
                    server.codeSentTo(address))
                .authenticationResult())
        .isNotNull();
    assertThat(verified(mfa, name, "email")).isEqualTo("true");
    assertThat(scene.beginWithPassword(name, Scene.PASSWORD).challengeName())
        .isEqualTo(ChallengeNameType.EMAIL_OTP);
  }
}

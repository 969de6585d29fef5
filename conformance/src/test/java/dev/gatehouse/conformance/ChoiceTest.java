package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmSignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureUnavailableInTierException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotConfirmedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolTierType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;

@ExtendWith(TestServer.Extension.class)
class ChoiceTest {
  private static final String PHONE = "+15550123";

  private final TestServer server;

  ChoiceTest(TestServer server) {
    this.server = server;
  }

  static Consumer<CreateUserPoolRequest.Builder> allowing(AuthFactorType... factors) {
    return pool ->
        pool.policies(policies ->
                policies.signInPolicy(signIn -> signIn.allowedFirstAuthFactors(factors)))
            .smsConfiguration(MfaScene.SMS);
  }

  static Consumer<CreateUserPoolClientRequest.Builder> userAuth() {
    return client ->
        client.explicitAuthFlows(
            ExplicitAuthFlowsType.ALLOW_USER_AUTH,
            ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH,
            ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
            ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH);
  }

  private Scene scene(AuthFactorType... factors) {
    return Scene.of(server, allowing(factors), userAuth());
  }

  private Scene everyFactor() {
    return scene(AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP, AuthFactorType.SMS_OTP);
  }

  /** Begins USER_AUTH. */
  private static InitiateAuthResponse begin(Scene scene, String name, String... more) {
    Map<String, String> parameters = new HashMap<>(Map.of("USERNAME", name));
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return scene.begin(AuthFlowType.USER_AUTH, parameters);
  }

  private RespondToAuthChallengeResponse answer(
      Scene scene, ChallengeNameType challenge, String session, String name, String... more) {
    return new MfaScene(server, scene).answer(challenge, session, name, more);
  }

  private static String status(Scene scene, String name) {
    return scene
        .admin()
        .adminGetUser(r -> r.userPoolId(scene.poolId).username(name))
        .userStatusAsString();
  }

  private static String attribute(Scene scene, String name, String attribute) {
    return scene
        .admin()
        .adminGetUser(r -> r.userPoolId(scene.poolId).username(name))
        .userAttributes()
        .stream()
        .filter(found -> found.name().equals(attribute))
        .map(AttributeType::value)
        .findFirst()
        .orElse("");
  }

  private static String otherThan(String code) {
    return code.equals("00000000") ? "00000001" : "00000000";
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "USER_AUTH without preference: SELECT_CHALLENGE with exactly the user's usable factors, those that the pool allows and the user has; a preference that is not among them likewise")
  void theChoice() {
    Scene scene = everyFactor();
    String both = scene.newUser(Scene.attribute("phone_number", PHONE));
    InitiateAuthResponse asked = begin(scene, both);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SELECT_CHALLENGE);
    assertThat(asked.availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP");
    assertThat(asked.session()).isNotEmpty();
    InitiateAuthResponse other = begin(scene, both, "PREFERRED_CHALLENGE", "WEB_AUTHN");
    assertThat(other.challengeName()).isEqualTo(ChallengeNameType.SELECT_CHALLENGE);
    assertThat(other.availableChallengesAsStrings())
        .isEqualTo(asked.availableChallengesAsStrings());

    String emailAlone = scene.newUser();
    assertThat(begin(scene, emailAlone).availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD", "EMAIL_OTP");
    Scene passwords = scene(AuthFactorType.PASSWORD);
    assertThat(begin(passwords, passwords.newUser()).availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThatThrownBy(() ->
            answer(
                scene,
                ChallengeNameType.SELECT_CHALLENGE,
                begin(scene, emailAlone).session(),
                emailAlone,
                "ANSWER",
                "SMS_OTP"))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "PREFERRED_CHALLENGE EMAIL_OTP: one mail with a code of eight digits; the code is accepted once and no other is; the e-mail becomes verified and an UNCONFIRMED user CONFIRMED")
  void aCodeByEmailConfirms() {
    Scene scene = everyFactor();
    String name = Scene.newName();
    scene.signUp(name, Scene.PASSWORD);
    String address = Scene.emailOf(name);
    int before = server.messagesTo(address).size();
    InitiateAuthResponse asked = begin(scene, name, "PREFERRED_CHALLENGE", "EMAIL_OTP");
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.EMAIL_OTP);
    assertThat(asked.availableChallengesAsStrings()).contains("EMAIL_OTP", "PASSWORD");
    assertThat(asked.challengeParameters())
        .containsOnly(
            Map.entry("CODE_DELIVERY_DELIVERY_MEDIUM", "EMAIL"),
            Map.entry("CODE_DELIVERY_DESTINATION", "u***@e***"));
    assertThat(server.messagesTo(address).size()).isEqualTo(before + 1);
    String code = server.codeSentTo(address);
    assertThat(code).matches("[0-9]{8}");
    assertThatThrownBy(() -> code(scene, asked.session(), name, otherThan(code)))
        .isInstanceOf(CodeMismatchException.class)
        .hasMessageContaining("Invalid code or auth state for the user.");
    assertThat(status(scene, name)).isEqualTo("UNCONFIRMED");
    assertThat(attribute(scene, name, "email_verified")).isEqualTo("false");

    assertThat(code(scene, asked.session(), name, code).authenticationResult().accessToken())
        .isNotEmpty();
    assertThat(status(scene, name)).isEqualTo(UserStatusType.CONFIRMED.toString());
    assertThat(attribute(scene, name, "email_verified")).isEqualTo("true");
    assertThatThrownBy(() -> code(scene, asked.session(), name, code))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session can only be used once.");
  }

  private RespondToAuthChallengeResponse code(
      Scene scene, String session, String name, String code) {
    return answer(scene, ChallengeNameType.EMAIL_OTP, session, name, "EMAIL_OTP_CODE", code);
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "a code lives as long as its session, belongs to its user and to the address that it went to")
  void aCodeOfAnotherTimeUserOrAddress() {
    Scene scene = everyFactor();
    String name = scene.newUser();
    String other = scene.newUser();
    String session = begin(scene, name, "PREFERRED_CHALLENGE", "EMAIL_OTP").session();
    String code = server.codeSentTo(Scene.emailOf(name));
    assertThatThrownBy(() -> code(scene, session, other, code))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid session for the user.");
    scene
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(scene.poolId)
                .username(name)
                .userAttributes(Scene.attribute("email", "moved-" + Scene.emailOf(name))));
    assertThatThrownBy(() -> code(scene, session, name, code))
        .isInstanceOf(CodeMismatchException.class);

    String late = begin(scene, other, "PREFERRED_CHALLENGE", "EMAIL_OTP").session();
    String lateCode = server.codeSentTo(Scene.emailOf(other));
    server.server().clock().advance(Duration.ofMinutes(3).plusSeconds(1));
    assertThatThrownBy(() -> code(scene, late, other, lateCode))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session is expired.");
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "a user whose only factor is a code is asked for it at once; wrong codes lock, and the right one is refused during the lock")
  void theOnlyFactorAndTheLock() {
    Scene scene = everyFactor();
    String name = Scene.newName();
    SignUpResponse signedUp =
        scene
            .anonymous()
            .signUp(r ->
                r.clientId(scene.clientId())
                    .username(name)
                    .userAttributes(Scene.attribute("email", Scene.emailOf(name))));
    assertThat(signedUp.userConfirmed()).isFalse();
    InitiateAuthResponse asked = begin(scene, name);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.EMAIL_OTP);
    assertThat(asked.availableChallengesAsStrings()).containsExactly("EMAIL_OTP");
    String code = server.codeSentTo(Scene.emailOf(name));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> code(scene, asked.session(), name, otherThan(code)))
          .isInstanceOf(CodeMismatchException.class);
    }
    assertThatThrownBy(() -> code(scene, asked.session(), name, code))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Password attempts exceeded");
    assertThatThrownBy(() -> begin(scene, name))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Password attempts exceeded");
    server.server().clock().advance(Duration.ofSeconds(2));
    assertThat(code(scene, asked.session(), name, code).authenticationResult()).isNotNull();
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "SELECT_CHALLENGE answered with EMAIL_OTP, SMS_OTP, PASSWORD and PASSWORD_SRP, with the password or SRP_A beside it or in the next round; its session serves once")
  void everyAnswerToTheChoice() {
    Scene scene = everyFactor();
    String name = scene.newUser(Scene.attribute("phone_number", PHONE));
    String session = begin(scene, name).session();
    assertThatThrownBy(() ->
            answer(
                scene,
                ChallengeNameType.SELECT_CHALLENGE,
                session,
                name,
                "ANSWER",
                "PASSWORD",
                "PASSWORD",
                "Wrong-pass-1"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThat(
            answer(
                    scene,
                    ChallengeNameType.SELECT_CHALLENGE,
                    session,
                    name,
                    "ANSWER",
                    "PASSWORD",
                    "PASSWORD",
                    Scene.PASSWORD)
                .authenticationResult())
        .isNotNull();
    assertThatThrownBy(() ->
            answer(scene, ChallengeNameType.SELECT_CHALLENGE, session, name, "ANSWER", "EMAIL_OTP"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session can only be used once.");

    RespondToAuthChallengeResponse password =
        answer(
            scene,
            ChallengeNameType.SELECT_CHALLENGE,
            begin(scene, name).session(),
            name,
            "ANSWER",
            "PASSWORD");
    assertThat(password.challengeName()).isEqualTo(ChallengeNameType.PASSWORD);
    assertThat(
            answer(
                    scene,
                    ChallengeNameType.PASSWORD,
                    password.session(),
                    name,
                    "PASSWORD",
                    Scene.PASSWORD)
                .authenticationResult())
        .isNotNull();

    RespondToAuthChallengeResponse sms =
        answer(
            scene,
            ChallengeNameType.SELECT_CHALLENGE,
            begin(scene, name).session(),
            name,
            "ANSWER",
            "SMS_OTP");
    assertThat(sms.challengeName()).isEqualTo(ChallengeNameType.SMS_OTP);
    assertThat(sms.challengeParameters()).containsEntry("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS");
    assertThat(sms.availableChallengesAsStrings()).contains("SMS_OTP", "PASSWORD");
    assertThat(
            answer(
                    scene,
                    ChallengeNameType.SMS_OTP,
                    sms.session(),
                    name,
                    "SMS_OTP_CODE",
                    server.codeSentTo(PHONE))
                .authenticationResult())
        .isNotNull();
    assertThat(attribute(scene, name, "phone_number_verified")).isEqualTo("true");
  }

  @Test
  @Shows(
      id = "auth-05",
      says = "PASSWORD_SRP as preference with SRP_A: PASSWORD_VERIFIER, then tokens; and by choice")
  void srpByChoice() {
    Scene scene = everyFactor();
    String name = scene.newUser();
    SrpClient srp = SrpClient.random(new SecureRandom());
    InitiateAuthResponse asked =
        begin(scene, name, "PREFERRED_CHALLENGE", "PASSWORD_SRP", "SRP_A", srp.hexA());
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_VERIFIER);
    assertThat(proven(scene, srp, asked.challengeParameters(), asked.session(), Scene.PASSWORD))
        .isNotNull();
    InitiateAuthResponse bare = begin(scene, name, "PREFERRED_CHALLENGE", "PASSWORD_SRP");
    assertThat(bare.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_SRP);
    RespondToAuthChallengeResponse next =
        answer(scene, ChallengeNameType.PASSWORD_SRP, bare.session(), name, "SRP_A", srp.hexA());
    assertThat(next.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_VERIFIER);
    assertThatThrownBy(
            () -> proven(scene, srp, next.challengeParameters(), next.session(), "Wrong-pass-1"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThat(proven(scene, srp, next.challengeParameters(), next.session(), Scene.PASSWORD))
        .isNotNull();
  }

  private Object proven(
      Scene scene, SrpClient srp, Map<String, String> challenge, String session, String password) {
    String timestamp = SrpTimestamp.format(server.server().clock().now());
    String userId = challenge.get("USER_ID_FOR_SRP");
    String signature =
        srp.signature(
            SrpIdentity.ofUser(scene.poolId, userId),
            Secret.of(password),
            new SrpClient.Challenge(
                challenge.get("SALT"), challenge.get("SRP_B"), challenge.get("SECRET_BLOCK")),
            timestamp);
    return answer(
            scene,
            ChallengeNameType.PASSWORD_VERIFIER,
            session,
            userId,
            "PASSWORD_CLAIM_SECRET_BLOCK",
            challenge.get("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE",
            signature,
            "TIMESTAMP",
            timestamp)
        .authenticationResult();
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "a user with a second factor, one with a temporary password, and every user of a pool with MFA ON choose among the password's challenges only; the second factor is then asked for")
  void noWayAroundTheSecondFactor() {
    MfaScene mfa = new MfaScene(server, scene(AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP));
    Scene scene = mfa.scene;
    mfa.configure(UserPoolMfaType.OPTIONAL, MfaScene.totp());
    String name = scene.newUser();
    InitiateAuthResponse half = begin(scene, name, "PREFERRED_CHALLENGE", "EMAIL_OTP");
    mfa.registerTotp(scene.signIn(name, Scene.PASSWORD).accessToken(), "app");
    mfa.prefer(name, true, true);
    // the code that was sent before there was a second factor opens nothing
    assertThatThrownBy(
            () -> code(scene, half.session(), name, server.codeSentTo(Scene.emailOf(name))))
        .isInstanceOf(CodeMismatchException.class);
    InitiateAuthResponse asked = begin(scene, name, "PREFERRED_CHALLENGE", "EMAIL_OTP");
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SELECT_CHALLENGE);
    assertThat(asked.availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThat(
            begin(scene, name, "PREFERRED_CHALLENGE", "PASSWORD", "PASSWORD", Scene.PASSWORD)
                .challengeName())
        .isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);

    String temporary = Scene.newName();
    scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(temporary)
                .temporaryPassword("T3mporary!pw")
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(Scene.attribute("email", Scene.emailOf(temporary))));
    assertThat(begin(scene, temporary).availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThat(
            begin(scene, temporary, "PREFERRED_CHALLENGE", "PASSWORD", "PASSWORD", "T3mporary!pw")
                .challengeName())
        .isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);

    MfaScene required = new MfaScene(server, scene(AuthFactorType.PASSWORD));
    required.configure(UserPoolMfaType.ON, MfaScene.totp());
    String another = required.scene.newUser();
    assertThat(begin(required.scene, another).availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThat(
            begin(
                    required.scene,
                    another,
                    "PREFERRED_CHALLENGE",
                    "PASSWORD",
                    "PASSWORD",
                    Scene.PASSWORD)
                .challengeName())
        .isEqualTo(ChallengeNameType.MFA_SETUP);
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "the Session of ConfirmSignUp brings tokens at once, once, for its user only; that of SignUp only when the account is confirmed")
  void signedInBySigningUp() {
    Scene scene = everyFactor();
    String name = Scene.newName();
    SignUpResponse signedUp = signUp(scene, name);
    assertThatThrownBy(() -> beginWith(scene, name, signedUp.session()))
        .isInstanceOf(UserNotConfirmedException.class);
    ConfirmSignUpResponse confirmed =
        scene
            .anonymous()
            .confirmSignUp(r ->
                r.clientId(scene.clientId())
                    .username(name)
                    .confirmationCode(server.codeSentTo(Scene.emailOf(name)))
                    .session(signedUp.session()));
    String other = scene.newUser();
    assertThatThrownBy(() -> beginWith(scene, other, confirmed.session()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid session for the user.");
    assertThat(beginWith(scene, name, confirmed.session()).authenticationResult()).isNotNull();
    assertThatThrownBy(() -> beginWith(scene, name, confirmed.session()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session can only be used once.");
    assertThatThrownBy(() -> beginWith(scene, name, begin(scene, name).session()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid session for the user.");

    // a client without USER_AUTH gets none
    Scene plain = Scene.of(server);
    assertThat(signUp(plain, Scene.newName()).session()).isNull();

    // where MFA is required it is set up, before there are tokens
    MfaScene required = new MfaScene(server, scene(AuthFactorType.PASSWORD));
    required.configure(UserPoolMfaType.ON, MfaScene.totp());
    String third = Scene.newName();
    signUp(required.scene, third);
    String session =
        required
            .scene
            .anonymous()
            .confirmSignUp(r ->
                r.clientId(required.scene.clientId())
                    .username(third)
                    .confirmationCode(server.codeSentTo(Scene.emailOf(third))))
            .session();
    assertThat(beginWith(required.scene, third, session).challengeName())
        .isEqualTo(ChallengeNameType.MFA_SETUP);
  }

  private static SignUpResponse signUp(Scene scene, String name) {
    return scene
        .anonymous()
        .signUp(r ->
            r.clientId(scene.clientId())
                .username(name)
                .password(Scene.PASSWORD)
                .userAttributes(Scene.attribute("email", Scene.emailOf(name))));
  }

  private static InitiateAuthResponse beginWith(Scene scene, String name, String session) {
    return scene
        .anonymous()
        .initiateAuth(r ->
            r.clientId(scene.clientId())
                .authFlow(AuthFlowType.USER_AUTH)
                .authParameters(Map.of("USERNAME", name))
                .session(session));
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "USER_AUTH needs ALLOW_USER_AUTH and a plan that has it; administrators' servers lead it too, and a session of one kind is not continued by the other")
  void whoMay() {
    Scene plain = Scene.of(server);
    String name = plain.newUser();
    assertThatThrownBy(() -> begin(plain, name))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("USER_AUTH flow not enabled for this client");

    Scene scene = scene(AuthFactorType.PASSWORD);
    String user = scene.newUser();
    var asked =
        scene
            .admin()
            .adminInitiateAuth(r ->
                r.userPoolId(scene.poolId)
                    .clientId(scene.clientId())
                    .authFlow(AuthFlowType.USER_AUTH)
                    .authParameters(Map.of("USERNAME", user)));
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SELECT_CHALLENGE);
    assertThat(asked.availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThatThrownBy(() ->
            answer(
                scene,
                ChallengeNameType.SELECT_CHALLENGE,
                asked.session(),
                user,
                "ANSWER",
                "PASSWORD"))
        .isInstanceOf(NotAuthorizedException.class);
    var answered =
        scene
            .admin()
            .adminRespondToAuthChallenge(r ->
                r.userPoolId(scene.poolId)
                    .clientId(scene.clientId())
                    .challengeName(ChallengeNameType.SELECT_CHALLENGE)
                    .session(asked.session())
                    .challengeResponses(Map.of("USERNAME", user, "ANSWER", "PASSWORD")));
    assertThat(answered.challengeName()).isEqualTo(ChallengeNameType.PASSWORD);
    assertThat(answered.availableChallengesAsStrings()).contains("PASSWORD");

    scene
        .admin()
        .updateUserPool(r -> r.userPoolId(scene.poolId).userPoolTier(UserPoolTierType.LITE));
    assertThatThrownBy(() -> begin(scene, user))
        .isInstanceOf(FeatureUnavailableInTierException.class);
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "a name that nobody has is offered factors of the pool, the same each time; its codes are sent to nobody, and none is right")
  void nobody() {
    Scene scene = everyFactor();
    for (String name : List.of("nobody-a", "nobody-b", "nobody-c@example.com", PHONE + "9")) {
      InitiateAuthResponse first = begin(scene, name);
      assertThat(first.challengeNameAsString()).isIn("SELECT_CHALLENGE", "EMAIL_OTP");
      InitiateAuthResponse again = begin(scene, name);
      assertThat(again.challengeName()).isEqualTo(first.challengeName());
      assertThat(again.availableChallengesAsStrings())
          .isEqualTo(first.availableChallengesAsStrings());
      assertThat(again.challengeParameters()).isEqualTo(first.challengeParameters());
      InitiateAuthResponse sent = begin(scene, name, "PREFERRED_CHALLENGE", "EMAIL_OTP");
      assertThat(sent.challengeName()).isEqualTo(ChallengeNameType.EMAIL_OTP);
      assertThatThrownBy(() -> code(scene, sent.session(), name, "12345678"))
          .isInstanceOf(CodeMismatchException.class)
          .hasMessageContaining("Invalid code or auth state for the user.");
    }
    assertThat(server.messagesTo("nobody-c@example.com").size()).isZero();
  }
}

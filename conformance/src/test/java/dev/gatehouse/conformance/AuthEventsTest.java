package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdvancedSecurityModeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthEventType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EventResponseType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EventType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolAddOnNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** AdminListUserAuthEvents through the AWS SDK. */
@ExtendWith(TestServer.Extension.class)
class AuthEventsTest {
  private final TestServer server;

  AuthEventsTest(TestServer server) {
    this.server = server;
  }

  private static List<AuthEventType> events(Scene scene, String name) {
    return scene
        .admin()
        .adminListUserAuthEvents(r -> r.userPoolId(scene.poolId).username(name))
        .authEvents();
  }

  private static List<String> challenges(AuthEventType event) {
    return event.challengeResponses().stream()
        .map(c -> c.challengeNameAsString() + " " + c.challengeResponseAsString())
        .toList();
  }

  @Test
  void aSignInWithASecondFactorIsOneEvent() {
    MfaScene mfa =
        MfaScene.of(
            server,
            pool ->
                pool.userPoolAddOns(
                    addOns -> addOns.advancedSecurityMode(AdvancedSecurityModeType.AUDIT)),
            UserPoolMfaType.OPTIONAL,
            MfaScene.totp());
    Scene scene = mfa.scene;
    String name = scene.newUser();
    AuthenticationResultType first =
        scene.signInWithSrp(name, Scene.PASSWORD, Scene.Habit.PYCOGNITO);
    String secret = mfa.registerTotp(first.accessToken(), "phone");
    mfa.prefer(name, true, true);
    mfa.nextStep();

    InitiateAuthResponse asked = scene.beginWithPassword(name, Scene.PASSWORD);
    AuthEventType begun = events(scene, name).getFirst();
    assertThat(begun.eventType()).isEqualTo(EventType.SIGN_IN);
    assertThat(begun.eventResponse()).isEqualTo(EventResponseType.IN_PROGRESS);
    assertThat(challenges(begun)).containsExactly("Password Success");
    assertThat(begun.eventContextData().ipAddress()).isEqualTo("127.0.0.1");
    assertThat(begun.eventContextData().deviceName()).contains("aws-sdk-java");
    mfa.nextStep();
    assertThatThrownBy(() ->
            mfa.answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                asked.session(),
                name,
                "SOFTWARE_TOKEN_MFA_CODE",
                mfa.code(secret, 7)))
        .isInstanceOf(CodeMismatchException.class);
    AuthEventType wrong = events(scene, name).getFirst();
    assertThat(wrong.eventResponse()).isEqualTo(EventResponseType.FAIL);
    assertThat(challenges(wrong)).containsExactly("Mfa Failure");

    AuthenticationResultType tokens =
        mfa.answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                asked.session(),
                name,
                "SOFTWARE_TOKEN_MFA_CODE",
                mfa.code(secret, 0))
            .authenticationResult();
    List<AuthEventType> all = events(scene, name);
    assertThat(all)
        .extracting(AuthEventType::eventResponse)
        .containsExactly(
            EventResponseType.FAIL,
            EventResponseType.PASS,
            EventResponseType.PASS,
            EventResponseType.PASS);
    AuthEventType done = all.get(1);
    assertThat(done.eventId())
        .isEqualTo(begun.eventId())
        .isEqualTo(Jwt.of(tokens.accessToken()).claim("event_id"))
        .isEqualTo(Jwt.of(tokens.idToken()).claim("event_id"));
    assertThat(challenges(done)).containsExactly("Password Success", "Mfa Success");
    assertThat(all.getLast().eventType()).isEqualTo(EventType.SIGN_UP);
  }

  @Test
  void withoutThreatProtection() {
    Scene scene = Scene.of(server);
    String name = scene.newUser();
    assertThatThrownBy(() -> events(scene, name))
        .isInstanceOf(UserPoolAddOnNotEnabledException.class);
  }
}

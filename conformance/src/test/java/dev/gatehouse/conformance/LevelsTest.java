package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AcrLevelConfigType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureUnavailableInTierException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolTierType;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestServer.Extension.class)
class LevelsTest {
  private static final String LEVEL = "urn:cognito:loa:";

  private final TestServer server;

  LevelsTest(TestServer server) {
    this.server = server;
  }

  /** A user of an OPTIONAL pool with a software token that is registered, and not turned on. */
  private final class User {
    final MfaScene mfa =
        new MfaScene(
            server,
            Scene.of(
                server,
                ChoiceTest.allowing(AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP),
                ChoiceTest.userAuth()));
    final Scene scene = mfa.scene;
    final String name;
    final String first;
    final String secret;

    User() {
      mfa.configure(UserPoolMfaType.OPTIONAL, MfaScene.totp());
      name = scene.newUser();
      first = scene.signIn(name, Scene.PASSWORD).accessToken();
      secret = mfa.registerTotp(first, "app");
    }

    User withTokenOn() {
      mfa.prefer(name, true, false);
      mfa.nextStep();
      mfa.nextStep();
      return this;
    }

    InitiateAuthResponse begin(String... more) {
      Map<String, String> parameters = new HashMap<>(Map.of("USERNAME", name));
      for (int i = 0; i < more.length; i += 2) {
        parameters.put(more[i], more[i + 1]);
      }
      return scene.begin(AuthFlowType.USER_AUTH, parameters);
    }

    AuthenticationResultType totp(String session) {
      return mfa.answer(
              ChallengeNameType.SOFTWARE_TOKEN_MFA,
              session,
              name,
              "SOFTWARE_TOKEN_MFA_CODE",
              mfa.code(secret, 0))
          .authenticationResult();
    }
  }

  private static JsonNode claims(String token) {
    return Jwt.of(token).claims();
  }

  private static void assertLevel(String token, int level, String... methods) {
    JsonNode claims = claims(token);
    assertThat(claims.get("acr").asString()).isEqualTo(LEVEL + level);
    assertThat(claims.get("amr").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(methods);
  }

  private static void assertLevel(AuthenticationResultType tokens, int level, String... methods) {
    assertLevel(tokens.accessToken(), level, methods);
    assertLevel(tokens.idToken(), level, methods);
  }

  @Test
  @Shows(
      id = "new-2026-07",
      says =
          "acr and amr in ID and access token of every sign-in and refresh: password level 1, one code level 2, password and TOTP level 4")
  void levelsOfSignIns() {
    User user = new User();
    AuthenticationResultType password = user.scene.signIn(user.name, Scene.PASSWORD);
    assertLevel(password, 1, "pwd");
    AuthenticationResultType refreshed =
        user.scene.refresh(password.refreshToken()).authenticationResult();
    assertLevel(refreshed, 1, "pwd");
    assertLevel(user.scene.signInWithSrp(user.name, Scene.PASSWORD, Scene.Habit.AMPLIFY), 1, "pwd");

    String session = user.begin("PREFERRED_CHALLENGE", "EMAIL_OTP").session();
    assertLevel(
        user.mfa
            .answer(
                ChallengeNameType.EMAIL_OTP,
                session,
                user.name,
                "EMAIL_OTP_CODE",
                server.codeSentTo(Scene.emailOf(user.name)))
            .authenticationResult(),
        2,
        "otp");

    user.withTokenOn();
    AuthenticationResultType both =
        user.totp(user.scene.beginWithPassword(user.name, Scene.PASSWORD).session());
    assertLevel(both, 4, "pwd", "otp", "mfa");
    assertLevel(
        user.scene.refresh(both.refreshToken()).authenticationResult(), 4, "pwd", "otp", "mfa");
  }

  @Test
  @Shows(id = "new-2026-07", says = "a passkey is level 3")
  void passkeys() {
    Scene scene =
        Scene.of(
            server,
            ChoiceTest.allowing(AuthFactorType.PASSWORD, AuthFactorType.WEB_AUTHN),
            ChoiceTest.userAuth());
    scene
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(scene.poolId)
                .webAuthnConfiguration(webAuthn -> webAuthn.relyingPartyId("example.com")));
    String name = scene.newUser();
    String token = scene.signIn(name, Scene.PASSWORD).accessToken();
    SoftwareAuthenticator authenticator = new SoftwareAuthenticator("https://example.com");
    JsonNode made =
        authenticator.create(
            SoftwareAuthenticator.json(
                scene
                    .anonymous()
                    .startWebAuthnRegistration(r -> r.accessToken(token))
                    .credentialCreationOptions()));
    scene
        .anonymous()
        .completeWebAuthnRegistration(
            r -> r.accessToken(token).credential(SoftwareAuthenticator.document(made)));
    // from level 1 to 3 a passkey is all that leads there, and so it is asked for at once
    InitiateAuthResponse asked =
        scene.begin(
            AuthFlowType.USER_AUTH,
            Map.of("USERNAME", name, "TARGET_ACR_VALUES", LEVEL + 3, "ACCESS_TOKEN", token));
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.WEB_AUTHN);
    AuthenticationResultType tokens =
        new MfaScene(server, scene)
            .answer(
                ChallengeNameType.WEB_AUTHN,
                asked.session(),
                name,
                "CREDENTIAL",
                authenticator.get(asked.challengeParameters().get("CREDENTIAL_REQUEST_OPTIONS")))
            .authenticationResult();
    JsonNode claims = claims(tokens.accessToken());
    assertThat(claims.get("acr").asString()).isEqualTo(LEVEL + 3);
    assertThat(claims.get("amr").toString()).contains("user").containsAnyOf("hwk", "swk");
  }

  @Test
  @Shows(
      id = "new-2026-07",
      says =
          "TARGET_ACR_VALUES with level 4 and ACCESS_TOKEN asks only for the TOTP code, and the new tokens carry level 4; the level being met, a further request is refused")
  void aStepUp() {
    User user = new User().withTokenOn();
    InitiateAuthResponse asked =
        user.begin("TARGET_ACR_VALUES", LEVEL + 4, "ACCESS_TOKEN", user.first);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    AuthenticationResultType tokens = user.totp(asked.session());
    assertLevel(tokens, 4, "pwd", "otp", "mfa");
    assertThat(claims(tokens.accessToken()).get("origin_jti"))
        .isNotEqualTo(claims(user.first).get("origin_jti"));
    for (int level : List.of(4, 2)) {
      assertThatThrownBy(() ->
              user.begin("TARGET_ACR_VALUES", LEVEL + level, "ACCESS_TOKEN", tokens.accessToken()))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("reached already");
    }
  }

  @Test
  @Shows(
      id = "new-2026-07",
      says =
          "MAX_AGE=0, and one that has passed, drop the credit: everything is asked for; within it the credit counts")
  void maxAge() {
    User user = new User().withTokenOn();
    String token = user.first;
    for (String age : List.of("0", "30")) {
      InitiateAuthResponse all =
          user.begin("TARGET_ACR_VALUES", LEVEL + 4, "ACCESS_TOKEN", token, "MAX_AGE", age);
      assertThat(all.challengeName()).isEqualTo(ChallengeNameType.SELECT_CHALLENGE);
      assertThat(all.availableChallengesAsStrings())
          .containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    }
    assertThat(
            user.begin("TARGET_ACR_VALUES", LEVEL + 4, "ACCESS_TOKEN", token, "MAX_AGE", "3600")
                .challengeName())
        .isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    server.server().clock().advance(Duration.ofMinutes(30));
    String session =
        user.begin(
                "TARGET_ACR_VALUES",
                LEVEL + 4,
                "ACCESS_TOKEN",
                token,
                "MAX_AGE",
                "1000",
                "PREFERRED_CHALLENGE",
                "PASSWORD",
                "PASSWORD",
                Scene.PASSWORD)
            .session();
    assertLevel(user.totp(session), 4, "pwd", "otp", "mfa");
    assertThatThrownBy(() -> user.begin("TARGET_ACR_VALUES", LEVEL + 4, "MAX_AGE", "soon"))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  @Shows(
      id = "new-2026-07",
      says =
          "ACCESS_TOKEN without TARGET_ACR_VALUES, that of another user, names of no level, and a level that the user cannot reach are refused; along the list the first that can be reached is taken")
  void whatIsRefused() {
    User user = new User();
    assertThatThrownBy(() -> user.begin("ACCESS_TOKEN", user.first))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("only with TARGET_ACR_VALUES");
    String another = user.scene.signIn(user.scene.newUser(), Scene.PASSWORD).accessToken();
    assertThatThrownBy(() -> user.begin("TARGET_ACR_VALUES", LEVEL + 2, "ACCESS_TOKEN", another))
        .isInstanceOf(NotAuthorizedException.class);
    assertThatThrownBy(() -> user.begin("TARGET_ACR_VALUES", "gold silver"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("names no level");
    // the token is registered, but not turned on
    assertThatThrownBy(() -> user.begin("TARGET_ACR_VALUES", LEVEL + 4))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("cannot reach");
    InitiateAuthResponse asked =
        user.begin("TARGET_ACR_VALUES", "gold " + LEVEL + "4 " + LEVEL + "2");
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.EMAIL_OTP);
    assertThatThrownBy(() ->
            user.scene.begin(
                AuthFlowType.USER_AUTH,
                Map.of("USERNAME", "nobody", "TARGET_ACR_VALUES", LEVEL + 4)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("cannot reach");
  }

  private static AcrLevelConfigType named(String value) {
    return AcrLevelConfigType.builder().acrValue(value).build();
  }

  @Test
  @Shows(
      id = "new-2026-07",
      says =
          "DescribeUserPool shows the four names in force, defaults filling what is not set; tokens carry the pool's name; a duplicate name, a default's included, another key, and any name on Lite are refused")
  void names() {
    Scene plain = Scene.of(server);
    assertThat(described(plain))
        .containsOnlyKeys("Level1", "Level2", "Level3", "Level4")
        .containsEntry("Level4", LEVEL + 4);
    Scene scene =
        Scene.of(
            server,
            pool ->
                pool.acrConfiguration(Map.of("Level1", named("bronze"), "Level4", named("gold"))),
            client -> {});
    assertThat(described(scene))
        .containsEntry("Level1", "bronze")
        .containsEntry("Level2", LEVEL + 2)
        .containsEntry("Level4", "gold");
    assertThat(
            claims(scene.signIn(scene.newUser(), Scene.PASSWORD).idToken()).get("acr").asString())
        .isEqualTo("bronze");
    for (Map<String, AcrLevelConfigType> bad :
        List.of(
            Map.of("Level1", named("same"), "Level2", named("same")),
            Map.of("Level1", named(LEVEL + 3)),
            Map.of("Level5", named("platinum")))) {
      assertThatThrownBy(() ->
              scene.admin().updateUserPool(r -> r.userPoolId(scene.poolId).acrConfiguration(bad)))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThat(described(scene)).containsEntry("Level1", "bronze");
    assertThatThrownBy(() ->
            server
                .admin()
                .createUserPool(r ->
                    r.poolName("lite")
                        .userPoolTier(UserPoolTierType.LITE)
                        .acrConfiguration(Map.of("Level1", named("bronze")))))
        .isInstanceOf(FeatureUnavailableInTierException.class);
  }

  private static Map<String, String> described(Scene scene) {
    Map<String, String> result = new HashMap<>();
    scene
        .admin()
        .describeUserPool(r -> r.userPoolId(scene.poolId))
        .userPool()
        .acrConfiguration()
        .forEach((level, value) -> result.put(level, value.acrValue()));
    return result;
  }
}

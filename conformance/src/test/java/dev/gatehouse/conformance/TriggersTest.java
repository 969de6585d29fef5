package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import dev.gatehouse.testkit.UsedSecrets;
import dev.gatehouse.triggers.testing.ScriptedFunction.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeliveryMediumType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EmailSendingAccountType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidLambdaResponseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PasswordResetRequiredException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreTokenGenerationLambdaVersionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnexpectedLambdaException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserLambdaValidationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lambda triggers through the AWS SDK, with a function that runs as a local process. */
@ExtendWith(TestServer.Extension.class)
class TriggersTest {
  private final TestServer server;

  TriggersTest(TestServer server) {
    this.server = server;
  }

  private static Function<ObjectNode, Deed> raise(String message) {
    return event -> Deed.raise(message);
  }

  private SignUpResponse signUp(Scene scene, String username, Map<String, String> metadata) {
    return scene
        .anonymous()
        .signUp(r ->
            r.clientId(scene.clientId())
                .username(username)
                .password(Scene.PASSWORD)
                .userAttributes(Scene.attribute("email", Scene.emailOf(username)))
                .clientMetadata(metadata));
  }

  @Test
  @Shows(
      id = "triggers-01",
      says =
          "a function that refuses a sign-up is quoted with a dot, and leaves neither user nor mail")
  void preSignUpRefuses() {
    TriggerScene triggers = TriggerScene.of(server, lambda -> lambda.preSignUp(TriggerScene.ARN));
    triggers.on("PreSignUp", raise("Not allowed"));
    String username = Scene.newName();
    assertThatThrownBy(() -> signUp(triggers.scene, username, Map.of()))
        .isInstanceOf(UserLambdaValidationException.class)
        .hasMessageContaining("PreSignUp failed with error Not allowed.");
    assertThatThrownBy(() ->
            triggers
                .scene
                .admin()
                .adminGetUser(r -> r.userPoolId(triggers.scene.poolId).username(username)))
        .isInstanceOf(UserNotFoundException.class);
    assertThat(server.messagesTo(Scene.emailOf(username))).isEmpty();
    triggers.answer("PreSignUp", response -> {});
    signUp(triggers.scene, username, Map.of());
    assertThat(server.messagesTo(Scene.emailOf(username))).hasSize(1);
  }

  @Test
  @Shows(
      id = "triggers-01",
      says =
          "a function that confirms and verifies makes a confirmed user, for whom PostConfirmation has run before the answer")
  void preSignUpConfirms() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    triggers.answer(
        "PreSignUp",
        response -> response.put("autoConfirmUser", true).put("autoVerifyEmail", true));
    String username = Scene.newName();
    SignUpResponse answer = signUp(triggers.scene, username, Map.of());
    assertThat(triggers.sources())
        .containsExactly("PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp");
    assertThat(answer.userConfirmed()).isTrue();
    assertThat(answer.codeDeliveryDetails()).isNull();
    assertThat(server.messagesTo(Scene.emailOf(username))).isEmpty();
    AuthenticationResultType tokens = triggers.scene.signIn(username, Scene.PASSWORD);
    assertThat(Jwt.of(tokens.idToken()).claims().get("email_verified").asBoolean()).isTrue();
  }

  @Test
  @Shows(id = "triggers-02", says = "sign-up, resending and confirming run these triggers in order")
  void signUpSources() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    Scene scene = triggers.scene;
    String username = Scene.newName();
    signUp(scene, username, Map.of());
    assertThat(triggers.sources()).containsExactly("PreSignUp_SignUp", "CustomMessage_SignUp");
    scene.anonymous().resendConfirmationCode(r -> r.clientId(scene.clientId()).username(username));
    assertThat(triggers.sources()).containsExactly("CustomMessage_ResendCode");
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .confirmSignUp(
                    r -> r.clientId(scene.clientId()).username(username).confirmationCode("no")))
        .isInstanceOf(CodeMismatchException.class);
    assertThat(triggers.sources()).isEmpty();
    scene.confirm(username);
    assertThat(triggers.sources()).containsExactly("PostConfirmation_ConfirmSignUp");
    String other = Scene.newName();
    signUp(scene, other, Map.of());
    triggers.sources();
    scene.admin().adminConfirmSignUp(r -> r.userPoolId(scene.poolId).username(other));
    assertThat(triggers.sources()).containsExactly("PostConfirmation_ConfirmSignUp");
  }

  @Test
  @Shows(
      id = "triggers-02",
      says =
          "an administrator's user, the invitation again, and the sign-in with its temporary password run these triggers in order")
  void adminCreateUserSources() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    Scene scene = triggers.scene;
    String username = Scene.newName();
    UsedSecrets.ofThisRun().add("Temp0rary-1!");
    scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .userAttributes(Scene.attribute("email", Scene.emailOf(username)))
                .desiredDeliveryMediums(DeliveryMediumType.EMAIL));
    assertThat(triggers.sources())
        .containsExactly("PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser");
    scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .temporaryPassword("Temp0rary-1!")
                .desiredDeliveryMediums(DeliveryMediumType.EMAIL)
                .messageAction(MessageActionType.RESEND));
    assertThat(triggers.sources()).containsExactly("CustomMessage_AdminCreateUser");
    InitiateAuthResponse begun = scene.beginWithPassword(username, "Temp0rary-1!");
    assertThat(triggers.sources()).containsExactly("PreAuthentication_Authentication");
    scene
        .anonymous()
        .respondToAuthChallenge(r ->
            r.clientId(scene.clientId())
                .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                .session(begun.session())
                .challengeResponses(Map.of("USERNAME", username, "NEW_PASSWORD", Scene.PASSWORD)));
    assertThat(triggers.sources())
        .containsExactly(
            "PostAuthentication_Authentication", "TokenGeneration_NewPasswordChallenge");
  }

  @Test
  @Shows(
      id = "triggers-02",
      says =
          "a forgotten and a reset password, a new address and its verification run these triggers; a password set by an administrator and a verified address run none")
  void accountSources() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    Scene scene = triggers.scene;
    String username = scene.newUser();
    triggers.sources();
    scene.anonymous().forgotPassword(r -> r.clientId(scene.clientId()).username(username));
    assertThat(triggers.sources()).containsExactly("CustomMessage_ForgotPassword");
    String code = server.codeSentTo(Scene.emailOf(username));
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(code)
                .password(Scene.PASSWORD));
    assertThat(triggers.sources()).containsExactly("PostConfirmation_ConfirmForgotPassword");
    scene.admin().adminResetUserPassword(r -> r.userPoolId(scene.poolId).username(username));
    assertThat(triggers.sources()).containsExactly("CustomMessage_ForgotPassword");
    scene
        .admin()
        .adminSetUserPassword(r ->
            r.userPoolId(scene.poolId).username(username).password(Scene.PASSWORD).permanent(true));
    assertThat(triggers.sources()).isEmpty();
    String token = scene.signIn(username, Scene.PASSWORD).accessToken();
    triggers.sources();
    scene
        .anonymous()
        .updateUserAttributes(r ->
            r.accessToken(token)
                .userAttributes(Scene.attribute("email", Scene.emailOf(Scene.newName()))));
    assertThat(triggers.sources()).containsExactly("CustomMessage_UpdateUserAttribute");
    scene
        .anonymous()
        .getUserAttributeVerificationCode(r -> r.accessToken(token).attributeName("email"));
    assertThat(triggers.sources()).containsExactly("CustomMessage_VerifyUserAttribute");
    scene
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .userAttributes(Scene.attribute("email", Scene.emailOf(Scene.newName()))));
    assertThat(triggers.sources()).containsExactly("CustomMessage_UpdateUserAttribute");
    scene
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .userAttributes(
                    Scene.attribute("email", Scene.emailOf(Scene.newName())),
                    Scene.attribute("email_verified", "true")));
    scene.admin().adminDisableUser(r -> r.userPoolId(scene.poolId).username(username));
    scene.admin().adminEnableUser(r -> r.userPoolId(scene.poolId).username(username));
    assertThat(triggers.sources()).isEmpty();
  }

  @Test
  @Shows(
      id = "triggers-02",
      says = "a sign-in by password or SRP runs three triggers in order, with an SMS code four")
  void signInSources() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    Scene scene = triggers.scene;
    String username = scene.newUser(Scene.attribute("phone_number", "+15550123"));
    triggers.sources();
    List<String> three =
        List.of(
            "PreAuthentication_Authentication",
            "PostAuthentication_Authentication",
            "TokenGeneration_Authentication");
    scene.signIn(username, Scene.PASSWORD);
    assertThat(triggers.sources()).isEqualTo(three);
    scene.signInWithSrp(username, Scene.PASSWORD, Scene.Habit.AMPLIFY);
    assertThat(triggers.sources()).isEqualTo(three);
    new MfaScene(server, scene)
        .configure(
            software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType.ON,
            MfaScene.sms());
    scene
        .admin()
        .adminSetUserMFAPreference(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .smsMfaSettings(sms -> sms.enabled(true).preferredMfa(true)));
    InitiateAuthResponse challenge = scene.beginWithPassword(username, Scene.PASSWORD);
    assertThat(triggers.sources())
        .containsExactly("PreAuthentication_Authentication", "CustomMessage_Authentication");
    scene
        .anonymous()
        .respondToAuthChallenge(r ->
            r.clientId(scene.clientId())
                .challengeName(ChallengeNameType.SMS_MFA)
                .session(challenge.session())
                .challengeResponses(
                    Map.of("USERNAME", username, "SMS_MFA_CODE", server.codeSentTo("+15550123"))));
    assertThat(triggers.sources())
        .containsExactly("PostAuthentication_Authentication", "TokenGeneration_Authentication");
  }

  @Test
  @Shows(
      id = "triggers-03",
      says = "PreAuthentication denies the right password, and that counts as no wrong one")
  void preAuthenticationDenies() {
    TriggerScene triggers =
        TriggerScene.of(server, lambda -> lambda.preAuthentication(TriggerScene.ARN));
    String username = triggers.scene.newUser();
    triggers.on("PreAuthentication", raise("not now"));
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> triggers.scene.signIn(username, Scene.PASSWORD))
          .isInstanceOf(UserLambdaValidationException.class)
          .hasMessageContaining("PreAuthentication failed with error not now.");
    }
    triggers.answer("PreAuthentication", response -> {});
    triggers.scene.signIn(username, Scene.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({"ENABLED", "LEGACY"})
  @Shows(
      id = "triggers-03",
      says =
          "a name that nobody has reaches PreAuthentication as userNotFound where the client hides that, and not at all where it does not")
  void preAuthenticationOfNobody(PreventUserExistenceErrorTypes errors) {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            lambda -> lambda.preAuthentication(TriggerScene.ARN),
            pool -> {},
            client -> client.preventUserExistenceErrors(errors));
    assertThatThrownBy(() -> triggers.scene.signIn("nobody-at-all", Scene.PASSWORD))
        .isInstanceOf(
            errors == PreventUserExistenceErrorTypes.ENABLED
                ? NotAuthorizedException.class
                : UserNotFoundException.class);
    List<JsonNode> events = triggers.events();
    if (errors == PreventUserExistenceErrorTypes.LEGACY) {
      assertThat(events).isEmpty();
    } else {
      assertThat(events).hasSize(1);
      assertThat(events.getFirst().at("/request/userNotFound").asBoolean()).isTrue();
    }
  }

  private TriggerScene customAuth() {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            TriggerScene::all,
            pool -> {},
            client ->
                client
                    .preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED)
                    .explicitAuthFlows(
                        ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
                        ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                        ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH));
    triggers.on(
        "DefineAuthChallenge",
        event -> {
          JsonNode session = event.at("/request/session");
          ObjectNode response = (ObjectNode) event.get("response");
          if (!session.isEmpty()
              && session.get(session.size() - 1).get("challengeResult").asBoolean()) {
            response.put("issueTokens", true);
          } else if (session.size() >= 3) {
            response.put("failAuthentication", true);
          } else {
            response.put("challengeName", "CUSTOM_CHALLENGE");
          }
          return Deed.answer(event.toString());
        });
    triggers.on(
        "CreateAuthChallenge",
        event -> {
          int round = event.at("/request/session").size();
          ObjectNode response = (ObjectNode) event.get("response");
          response.putObject("publicChallengeParameters").put("round", "r" + round);
          response.putObject("privateChallengeParameters").put("answer", "hidden-" + round);
          response.put("challengeMetadata", "M" + round);
          return Deed.answer(event.toString());
        });
    triggers.on(
        "VerifyAuthChallengeResponse",
        event -> {
          ((ObjectNode) event.get("response"))
              .put(
                  "answerCorrect",
                  event
                      .at("/request/privateChallengeParameters/answer")
                      .equals(event.at("/request/challengeAnswer")));
          return Deed.answer(event.toString());
        });
    return triggers;
  }

  private static InitiateAuthResponse beginCustom(Scene scene, String username) {
    return scene.begin(AuthFlowType.CUSTOM_AUTH, Map.of("USERNAME", username));
  }

  private static RespondToAuthChallengeResponse answer(
      Scene scene, String username, String session, String answer) {
    return scene
        .anonymous()
        .respondToAuthChallenge(r ->
            r.clientId(scene.clientId())
                .challengeName(ChallengeNameType.CUSTOM_CHALLENGE)
                .session(session)
                .challengeResponses(Map.of("USERNAME", username, "ANSWER", answer)));
  }

  @Test
  @Shows(
      id = "triggers-04",
      says =
          "three rounds: the session grows oldest first with challengeMetadata, private parameters reach Verify alone")
  @Shows(id = "triggers-02", says = "custom authentication runs these triggers in order")
  @Shows(id = "auth-07", says = "the loop of the three functions ends in tokens by issueTokens")
  void threeRounds() {
    TriggerScene triggers = customAuth();
    Scene scene = triggers.scene;
    String username = scene.newUser();
    triggers.sources();
    InitiateAuthResponse first = beginCustom(scene, username);
    assertThat(first.challengeParameters()).containsEntry("round", "r0");
    RespondToAuthChallengeResponse second = answer(scene, username, first.session(), "wrong");
    assertThat(second.challengeParameters()).containsEntry("round", "r1");
    RespondToAuthChallengeResponse third = answer(scene, username, second.session(), "wrong");
    assertThat(answer(scene, username, third.session(), "hidden-2").authenticationResult())
        .isNotNull();
    List<JsonNode> events = triggers.events();
    assertThat(events)
        .extracting(event -> event.get("triggerSource").asString().replace("_Authentication", ""))
        .containsExactly(
            "PreAuthentication",
            "DefineAuthChallenge",
            "CreateAuthChallenge",
            "VerifyAuthChallengeResponse",
            "DefineAuthChallenge",
            "CreateAuthChallenge",
            "VerifyAuthChallengeResponse",
            "DefineAuthChallenge",
            "CreateAuthChallenge",
            "VerifyAuthChallengeResponse",
            "DefineAuthChallenge",
            "PostAuthentication",
            "TokenGeneration");
    assertThat(events.get(10).at("/request/session").toString())
        .isEqualTo(
            """
            [{"challengeName":"CUSTOM_CHALLENGE","challengeResult":false,"challengeMetadata":"M0"},\
            {"challengeName":"CUSTOM_CHALLENGE","challengeResult":false,"challengeMetadata":"M1"},\
            {"challengeName":"CUSTOM_CHALLENGE","challengeResult":true,"challengeMetadata":"M2"}]\
            """);
    for (JsonNode event : events) {
      boolean verify = event.get("triggerSource").asString().startsWith("Verify");
      assertThat(event.get("request").toString().contains("hidden-")).isEqualTo(verify);
    }
    assertThat(first.challengeParameters().toString()).doesNotContain("hidden-");
  }

  @Test
  @Shows(id = "triggers-04", says = "three wrong answers end the sign-in by failAuthentication")
  void threeWrongAnswers() {
    TriggerScene triggers = customAuth();
    Scene scene = triggers.scene;
    String username = scene.newUser();
    String session = beginCustom(scene, username).session();
    session = answer(scene, username, session, "wrong").session();
    String last = answer(scene, username, session, "wrong").session();
    assertThatThrownBy(() -> answer(scene, username, last, "wrong"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThatThrownBy(() -> answer(scene, username, last, "hidden-2"))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  @Shows(
      id = "triggers-05",
      says =
          "V1 adds, overrides and suppresses claims of the ID token and replaces groups and roles; reserved claims stay")
  void tokensOfTheFirstForm() {
    TriggerScene triggers =
        TriggerScene.of(server, lambda -> lambda.preTokenGeneration(TriggerScene.ARN));
    String username = triggers.scene.newUser(Scene.attribute("name", "Ada"));
    triggers.answer(
        "TokenGeneration",
        response -> {
          ObjectNode details = response.putObject("claimsOverrideDetails");
          details
              .putObject("claimsToAddOrOverride")
              .put("tenant", "t1")
              .put("email", "other@example.com")
              .put("sub", "forged")
              .put("iss", "forged");
          details.putArray("claimsToSuppress").add("name").add("exp");
          ObjectNode groups = details.putObject("groupOverrideDetails");
          groups.putArray("groupsToOverride").add("g1");
          groups.putArray("iamRolesToOverride").add("arn:aws:iam::000000000000:role/r");
          groups.put("preferredRole", "arn:aws:iam::000000000000:role/r");
        });
    AuthenticationResultType tokens = triggers.scene.signIn(username, Scene.PASSWORD);
    Jwt id = Jwt.of(tokens.idToken());
    Jwt access = Jwt.of(tokens.accessToken());
    assertThat(id.claim("tenant")).isEqualTo("t1");
    assertThat(id.claim("email")).isEqualTo("other@example.com");
    assertThat(id.claim("sub")).isEqualTo(access.claim("sub")).isNotEqualTo("forged");
    assertThat(id.claim("iss")).contains(triggers.scene.poolId);
    assertThat(id.claims().has("name")).isFalse();
    assertThat(id.claims().has("exp")).isTrue();
    assertThat(id.claims().get("cognito:groups").toString()).isEqualTo("[\"g1\"]");
    assertThat(id.claim("cognito:preferred_role")).endsWith("role/r");
    assertThat(access.claims().get("cognito:groups").toString()).isEqualTo("[\"g1\"]");
    assertThat(access.claims().has("tenant")).isFalse();
    triggers.on("TokenGeneration", event -> Deed.answer(event.toString()));
    assertThat(Jwt.of(triggers.scene.signIn(username, Scene.PASSWORD).idToken()).claim("name"))
        .isEqualTo("Ada");
  }

  @ParameterizedTest
  @CsvSource({"V2_0", "V3_0"})
  @Shows(
      id = "triggers-05",
      says =
          "V2 and V3 give both tokens claims of any form and change the scopes; reserved claims stay")
  void tokensOfTheLaterForms(PreTokenGenerationLambdaVersionType version) {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            lambda ->
                lambda.preTokenGenerationConfig(
                    config -> config.lambdaArn(TriggerScene.ARN).lambdaVersion(version)));
    String username = triggers.scene.newUser();
    triggers.answer(
        "TokenGeneration",
        response -> {
          ObjectNode details = response.putObject("claimsAndScopeOverrideDetails");
          ObjectNode id = details.putObject("idTokenGeneration");
          id.putObject("claimsToAddOrOverride").putObject("tenant").put("id", 1);
          id.putArray("claimsToSuppress").add("email");
          ObjectNode access = details.putObject("accessTokenGeneration");
          access
              .putObject("claimsToAddOrOverride")
              .put("level", 3)
              .put("client_id", "forged")
              .put("token_use", "id");
          access.putArray("scopesToAdd").add("rs/read");
          access.putArray("scopesToSuppress").add("aws.cognito.signin.user.admin");
        });
    AuthenticationResultType tokens = triggers.scene.signIn(username, Scene.PASSWORD);
    Jwt id = Jwt.of(tokens.idToken());
    Jwt access = Jwt.of(tokens.accessToken());
    assertThat(id.claims().get("tenant").toString()).isEqualTo("{\"id\":1}");
    assertThat(id.claims().has("email")).isFalse();
    assertThat(access.claims().get("level").asInt()).isEqualTo(3);
    assertThat(access.claim("client_id")).isEqualTo(triggers.scene.clientId());
    assertThat(access.claim("token_use")).isEqualTo("access");
    assertThat(access.claim("scope")).isEqualTo("rs/read");
    assertThatThrownBy(
            () -> triggers.scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(triggers.events().getFirst().get("version").asString())
        .isEqualTo(version.toString().substring(1, 2));
  }

  @Test
  @Shows(
      id = "triggers-05",
      says = "PreTokenGeneration that fails leaves no token, and no refresh token is used up by it")
  void failingTokenGeneration() {
    TriggerScene triggers =
        TriggerScene.of(server, lambda -> lambda.preTokenGeneration(TriggerScene.ARN));
    String username = triggers.scene.newUser();
    String refresh = triggers.scene.signIn(username, Scene.PASSWORD).refreshToken();
    triggers.on("TokenGeneration", raise("no"));
    assertThatThrownBy(() -> triggers.scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(UserLambdaValidationException.class)
        .hasMessageContaining("PreTokenGeneration failed with error no.");
    assertThatThrownBy(() -> triggers.scene.refresh(refresh))
        .isInstanceOf(UserLambdaValidationException.class);
    triggers.on("TokenGeneration", event -> Deed.answer(event.toString()));
    triggers.scene.refresh(refresh);
  }

  private static void legacyUser(TriggerScene triggers, String status) {
    triggers.answer(
        "UserMigration",
        response -> {
          response
              .putObject("userAttributes")
              .put("email", "migrated@example.com")
              .put("email_verified", "true")
              .put("name", "Jane");
          response.put("finalUserStatus", status).put("messageAction", "SUPPRESS");
        });
  }

  @Test
  @Shows(
      id = "triggers-06",
      says =
          "a password sign-in brings a user over, who signs in without the function the next time, by SRP too")
  void migrationAtSignIn() {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            lambda -> lambda.userMigration(TriggerScene.ARN),
            pool -> {},
            client -> client.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    legacyUser(triggers, "CONFIRMED");
    String username = Scene.newName();
    UsedSecrets.ofThisRun().add("the old password");
    assertThatThrownBy(
            () -> triggers.scene.signInWithSrp(username, "the old password", Scene.Habit.AMPLIFY))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(triggers.sources()).as("SRP shows no password").isEmpty();
    Jwt id = Jwt.of(triggers.scene.signIn(username, "the old password").idToken());
    assertThat(id.claim("name")).isEqualTo("Jane");
    assertThat(id.claims().get("email_verified").asBoolean()).isTrue();
    assertThat(triggers.sources()).containsExactly("UserMigration_Authentication");
    triggers.scene.signIn(username, "the old password");
    triggers.scene.signInWithSrp(username, "the old password", Scene.Habit.AMPLIFY);
    assertThat(triggers.sources()).isEmpty();
    assertThatThrownBy(() -> triggers.scene.signIn(username, "another password"))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  @Shows(
      id = "triggers-06",
      says =
          "a user who comes over with RESET_REQUIRED has to set a password; one whom the function does not know stays unknown")
  void migrationWithReset() {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            lambda -> lambda.userMigration(TriggerScene.ARN),
            pool -> {},
            client -> client.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    String username = Scene.newName();
    assertThatThrownBy(() -> triggers.scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(NotAuthorizedException.class);
    legacyUser(triggers, "RESET_REQUIRED");
    assertThatThrownBy(() -> triggers.scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(PasswordResetRequiredException.class);
    assertThat(
            triggers
                .scene
                .admin()
                .adminGetUser(r -> r.userPoolId(triggers.scene.poolId).username(username))
                .userStatusAsString())
        .isEqualTo("RESET_REQUIRED");
  }

  @Test
  @Shows(
      id = "triggers-06",
      says = "ForgotPassword brings a user over, who then sets a password with the code")
  void migrationAtForgotPassword() {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            lambda -> lambda.userMigration(TriggerScene.ARN),
            pool -> {},
            client -> client.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    legacyUser(triggers, "CONFIRMED");
    Scene scene = triggers.scene;
    String username = Scene.newName();
    scene.anonymous().forgotPassword(r -> r.clientId(scene.clientId()).username(username));
    assertThat(triggers.sources()).containsExactly("UserMigration_ForgotPassword");
    String code = server.codeSentTo("migrated@example.com");
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(code)
                .password(Scene.PASSWORD));
    scene.signInWithSrp(username, Scene.PASSWORD, Scene.Habit.AMPLIFY);
    assertThat(triggers.sources()).isEmpty();
  }

  private TriggerScene ownMails() {
    return TriggerScene.of(
        server,
        lambda -> lambda.customMessage(TriggerScene.ARN),
        pool ->
            pool.autoVerifiedAttributes(
                    VerifiedAttributeType.EMAIL, VerifiedAttributeType.PHONE_NUMBER)
                .smsConfiguration(MfaScene.SMS)
                .emailConfiguration(email ->
                    email
                        .emailSendingAccount(EmailSendingAccountType.DEVELOPER)
                        .sourceArn("arn:aws:ses:us-east-1:000000000000:identity/example.com")),
        client -> {});
  }

  @Test
  @Shows(id = "triggers-07", says = "CustomMessage replaces SMS, mail and subject")
  void customMessages() {
    TriggerScene triggers = ownMails();
    triggers.answer(
        "CustomMessage",
        response ->
            response
                .put("smsMessage", "our SMS {####}")
                .put("emailMessage", "our <i>mail</i> {####}")
                .put("emailSubject", "our subject"));
    String username = Scene.newName();
    signUp(triggers.scene, username, Map.of());
    JsonNode mail = server.messagesTo(Scene.emailOf(username)).get(0);
    assertThat(mail.get("subject").asString()).isEqualTo("our subject");
    assertThat(mail.get("body").asString())
        .isEqualTo("our <i>mail</i> " + mail.get("code").asString());
    triggers
        .scene
        .anonymous()
        .signUp(r ->
            r.clientId(triggers.scene.clientId())
                .username(Scene.newName())
                .password(Scene.PASSWORD)
                .userAttributes(Scene.attribute("phone_number", "+15550177")));
    JsonNode sms = server.messagesTo("+15550177").get(0);
    assertThat(sms.get("body").asString()).isEqualTo("our SMS " + sms.get("code").asString());
  }

  @Test
  @Shows(
      id = "triggers-07",
      says = "a text without its placeholder is refused, null falls back to the template")
  void customMessagesWithoutPlace() {
    TriggerScene triggers = ownMails();
    triggers.answer("CustomMessage", response -> response.put("emailMessage", "no place"));
    String username = Scene.newName();
    assertThatThrownBy(() -> signUp(triggers.scene, username, Map.of()))
        .isInstanceOf(InvalidLambdaResponseException.class);
    assertThat(server.messagesTo(Scene.emailOf(username))).isEmpty();
    triggers.answer("CustomMessage", response -> response.putNull("emailMessage"));
    triggers
        .scene
        .anonymous()
        .resendConfirmationCode(r -> r.clientId(triggers.scene.clientId()).username(username));
    assertThat(server.messagesTo(Scene.emailOf(username)).get(0).get("body").asString())
        .startsWith("Your verification code is ");
  }

  @Test
  @Tag("slow")
  @Shows(
      id = "triggers-09",
      says = "a function that hangs is called three times, five seconds each")
  void hangingFunction() {
    TriggerScene triggers = TriggerScene.of(server, lambda -> lambda.preSignUp(TriggerScene.ARN));
    triggers.on("PreSignUp", event -> Deed.hang());
    long began = System.nanoTime();
    assertThatThrownBy(() -> signUp(triggers.scene, Scene.newName(), Map.of()))
        .isInstanceOf(UnexpectedLambdaException.class)
        .hasMessageContaining(
            "PreSignUp invocation failed due to error Socket timeout while invoking Lambda"
                + " function.");
    assertThat((System.nanoTime() - began) / 1_000_000_000.0).isBetween(14.0, 20.0);
    assertThat(triggers.sources()).hasSize(3);
  }

  @Test
  @Shows(
      id = "triggers-09",
      says = "a function that crashes is told as its error, one that is missing as not invoked")
  void crashedAndMissingFunctions() {
    TriggerScene triggers = TriggerScene.of(server, lambda -> lambda.preSignUp(TriggerScene.ARN));
    triggers.on("PreSignUp", event -> Deed.exit(1));
    assertThatThrownBy(() -> signUp(triggers.scene, Scene.newName(), Map.of()))
        .isInstanceOf(UserLambdaValidationException.class)
        .hasMessageMatching(
            "(?s)PreSignUp failed with error RequestId: [0-9a-f-]{36} Error: Runtime exited with"
                + " error: exit status 1\\..*");
    assertThat(triggers.sources()).hasSize(1);
    TriggerScene missing =
        TriggerScene.of(server, lambda -> lambda.preSignUp(TriggerScene.ARN + "-gone"));
    assertThatThrownBy(() -> signUp(missing.scene, Scene.newName(), Map.of()))
        .isInstanceOf(UnexpectedLambdaException.class)
        .hasMessageContaining(
            "PreSignUp invocation failed due to error ResourceNotFoundException.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "{\"response\":{\"autoConfirmUser\":\"yes\"}}"})
  @Shows(
      id = "triggers-09",
      says = "an answer that is a text or has a member of another type is an invalid answer")
  void nonsense(String output) {
    TriggerScene triggers = TriggerScene.of(server, lambda -> lambda.preSignUp(TriggerScene.ARN));
    triggers.on("PreSignUp", event -> Deed.answer(output));
    assertThatThrownBy(() -> signUp(triggers.scene, Scene.newName(), Map.of()))
        .isInstanceOf(InvalidLambdaResponseException.class)
        .hasMessageContaining(
            output.startsWith("\"")
                ? "Unrecognizable lambda output"
                : "Invalid lambda function output : Invalid JSON");
  }

  private static final Map<String, String> METADATA = Map.of("from", "the call");

  /** Which triggers of these events were told the metadata, and under which name. */
  private static List<String> told(List<JsonNode> events) {
    List<String> result = new ArrayList<>();
    for (JsonNode event : events) {
      for (String name : List.of("clientMetadata", "validationData")) {
        if (event.at("/request/" + name).toString().equals("{\"from\":\"the call\"}")) {
          result.add(event.get("triggerSource").asString() + " " + name);
        }
      }
    }
    return result;
  }

  @Test
  @Shows(
      id = "triggers-10",
      says =
          "metadata of sign-up, confirmation, resending and password recovery reaches exactly the triggers of the routing table")
  void metadataOfAccounts() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    Scene scene = triggers.scene;
    String username = Scene.newName();
    signUp(scene, username, METADATA);
    assertThat(told(triggers.events()))
        .containsExactly("PreSignUp_SignUp clientMetadata", "CustomMessage_SignUp clientMetadata");
    scene
        .anonymous()
        .resendConfirmationCode(
            r -> r.clientId(scene.clientId()).username(username).clientMetadata(METADATA));
    assertThat(told(triggers.events())).containsExactly("CustomMessage_ResendCode clientMetadata");
    String code = server.codeSentTo(Scene.emailOf(username));
    scene
        .anonymous()
        .confirmSignUp(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(code)
                .clientMetadata(METADATA));
    assertThat(told(triggers.events()))
        .containsExactly("PostConfirmation_ConfirmSignUp clientMetadata");
    scene
        .anonymous()
        .forgotPassword(
            r -> r.clientId(scene.clientId()).username(username).clientMetadata(METADATA));
    assertThat(told(triggers.events()))
        .containsExactly("CustomMessage_ForgotPassword clientMetadata");
    String reset = server.codeSentTo(Scene.emailOf(username));
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(reset)
                .password(Scene.PASSWORD)
                .clientMetadata(METADATA));
    assertThat(told(triggers.events()))
        .containsExactly("PostConfirmation_ConfirmForgotPassword clientMetadata");
    scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(Scene.newName())
                .userAttributes(Scene.attribute("email", Scene.emailOf(Scene.newName())))
                .desiredDeliveryMediums(DeliveryMediumType.EMAIL)
                .validationData(Scene.attribute("from", "the call"))
                .clientMetadata(METADATA));
    assertThat(told(triggers.events()))
        .containsExactly(
            "PreSignUp_AdminCreateUser clientMetadata",
            "PreSignUp_AdminCreateUser validationData",
            "CustomMessage_AdminCreateUser clientMetadata");
  }

  @Test
  @Shows(
      id = "triggers-10",
      says =
          "metadata that begins a sign-in reaches PreAuthentication and UserMigration alone, as validationData; metadata that answers a challenge, and that of a refresh, the later triggers")
  void metadataOfSignIns() {
    TriggerScene triggers = customAuth();
    Scene scene = triggers.scene;
    String username = scene.newUser();
    triggers.sources();
    for (String name : List.of(username, Scene.newName())) {
      Runnable signIn =
          () ->
              scene
                  .anonymous()
                  .initiateAuth(r ->
                      r.clientId(scene.clientId())
                          .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                          .authParameters(Map.of("USERNAME", name, "PASSWORD", Scene.PASSWORD))
                          .clientMetadata(METADATA));
      if (name.equals(username)) {
        signIn.run();
        assertThat(told(triggers.events()))
            .containsExactly("PreAuthentication_Authentication validationData");
      } else {
        assertThatThrownBy(signIn::run).isInstanceOf(NotAuthorizedException.class);
        assertThat(told(triggers.events()))
            .containsExactly(
                "UserMigration_Authentication validationData",
                "PreAuthentication_Authentication validationData");
      }
    }
    String session =
        scene
            .anonymous()
            .initiateAuth(r ->
                r.clientId(scene.clientId())
                    .authFlow(AuthFlowType.CUSTOM_AUTH)
                    .authParameters(Map.of("USERNAME", username))
                    .clientMetadata(METADATA))
            .session();
    assertThat(told(triggers.events()))
        .containsExactly("PreAuthentication_Authentication validationData");
    String refresh =
        scene
            .anonymous()
            .respondToAuthChallenge(r ->
                r.clientId(scene.clientId())
                    .challengeName(ChallengeNameType.CUSTOM_CHALLENGE)
                    .session(session)
                    .challengeResponses(Map.of("USERNAME", username, "ANSWER", "hidden-0"))
                    .clientMetadata(METADATA))
            .authenticationResult()
            .refreshToken();
    assertThat(told(triggers.events()))
        .containsExactly(
            "VerifyAuthChallengeResponse_Authentication clientMetadata",
            "DefineAuthChallenge_Authentication clientMetadata",
            "PostAuthentication_Authentication clientMetadata",
            "TokenGeneration_Authentication clientMetadata");
    scene
        .anonymous()
        .getTokensFromRefreshToken(
            r -> r.clientId(scene.clientId()).refreshToken(refresh).clientMetadata(METADATA));
    assertThat(told(triggers.events()))
        .containsExactly("TokenGeneration_RefreshTokens clientMetadata");
  }

  @Test
  @Shows(id = "triggers-11", says = "a refresh runs exactly one trigger")
  @Shows(id = "triggers-02", says = "a refresh runs TokenGeneration_RefreshTokens")
  void refreshRunsOne() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    String username = triggers.scene.newUser();
    String refresh = triggers.scene.signIn(username, Scene.PASSWORD).refreshToken();
    triggers.sources();
    triggers.scene.refresh(refresh);
    assertThat(triggers.sources()).containsExactly("TokenGeneration_RefreshTokens");
    triggers
        .scene
        .anonymous()
        .getTokensFromRefreshToken(
            r -> r.clientId(triggers.scene.clientId()).refreshToken(refresh));
    assertThat(triggers.sources()).containsExactly("TokenGeneration_RefreshTokens");
  }

  @Test
  @Shows(
      id = "triggers-11",
      says = "AdminCreateUser with SUPPRESS runs PreSignUp_AdminCreateUser alone")
  void suppressedInvitation() {
    TriggerScene triggers = TriggerScene.of(server, TriggerScene::all);
    triggers
        .scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(triggers.scene.poolId)
                .username(Scene.newName())
                .messageAction(MessageActionType.SUPPRESS));
    assertThat(triggers.sources()).containsExactly("PreSignUp_AdminCreateUser");
  }
}

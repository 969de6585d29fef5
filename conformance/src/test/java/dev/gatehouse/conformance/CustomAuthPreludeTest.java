package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.Scene.Habit;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.triggers.testing.ScriptedFunction.Deed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidUserPoolConfigurationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LambdaConfigType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CUSTOM_AUTH that begins with the password, and pools that lack a function for it. */
@ExtendWith(TestServer.Extension.class)
class CustomAuthPreludeTest {
  private static final Map<String, String> PRELUDE = Map.of("CHALLENGE_NAME", "SRP_A");

  private final TestServer server;

  CustomAuthPreludeTest(TestServer server) {
    this.server = server;
  }

  /** Asks for the password first, and issues tokens once it and what follows it was right. */
  private TriggerScene passwordFirst() {
    TriggerScene triggers =
        TriggerScene.of(
            server,
            TriggerScene::all,
            pool -> {},
            client ->
                client.explicitAuthFlows(
                    ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
                    ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                    ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH));
    triggers.on(
        "DefineAuthChallenge",
        event -> {
          JsonNode session = event.at("/request/session");
          ObjectNode response = (ObjectNode) event.get("response");
          if (session.size() == 1) {
            response.put("challengeName", "PASSWORD_VERIFIER");
          } else {
            response.put("issueTokens", true);
          }
          return Deed.answer(event.toString());
        });
    return triggers;
  }

  private static List<String> rounds(JsonNode define) {
    return define
        .at("/request/session")
        .valueStream()
        .map(round ->
            round.get("challengeName").asString() + ' ' + round.get("challengeResult").asBoolean())
        .toList();
  }

  @Test
  @Shows(
      id = "auth-07",
      says =
          "with SRP prelude and TOTP on: PASSWORD_VERIFIER, SOFTWARE_TOKEN_MFA, then Define sees SRP_A, PASSWORD_VERIFIER, SOFTWARE_TOKEN_MFA")
  void thePreludeWithASecondFactor() {
    TriggerScene triggers = passwordFirst();
    Scene scene = triggers.scene;
    MfaScene mfa = new MfaScene(server, scene);
    mfa.configure(UserPoolMfaType.OPTIONAL, MfaScene.totp());
    String name = scene.newUser();
    String secret = mfa.registerTotp(scene.signIn(name, Scene.PASSWORD).accessToken(), "phone");
    mfa.prefer(name, true, true);
    mfa.nextStep();
    mfa.nextStep();
    triggers.events();

    Scene.SrpRound round = scene.new SrpRound(name, AuthFlowType.CUSTOM_AUTH, PRELUDE);
    assertThat(round.challenge.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_VERIFIER);
    RespondToAuthChallengeResponse asked = round.answer(Scene.PASSWORD, Habit.AMPLIFY);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    assertThat(asked.authenticationResult()).isNull();
    assertThat(
            mfa.answer(
                    ChallengeNameType.SOFTWARE_TOKEN_MFA,
                    asked.session(),
                    name,
                    "SOFTWARE_TOKEN_MFA_CODE",
                    mfa.code(secret, 0))
                .authenticationResult())
        .isNotNull();
    List<JsonNode> defines =
        triggers.events().stream()
            .filter(event -> event.get("triggerSource").asString().startsWith("Define"))
            .toList();
    assertThat(rounds(defines.getFirst())).containsExactly("SRP_A true");
    assertThat(rounds(defines.getLast()))
        .containsExactly("SRP_A true", "PASSWORD_VERIFIER true", "SOFTWARE_TOKEN_MFA true");
    assertThat(defines).hasSize(2);
  }

  @Test
  @Shows(
      id = "auth-07",
      says = "a wrong password in the prelude is refused, and the function is not asked again")
  void aWrongPasswordInThePrelude() {
    TriggerScene triggers = passwordFirst();
    String name = triggers.scene.newUser();
    Scene.SrpRound round = triggers.scene.new SrpRound(name, AuthFlowType.CUSTOM_AUTH, PRELUDE);
    triggers.events();
    assertThatThrownBy(() -> round.answer("Wrong-pass-1", Habit.PYCOGNITO))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThat(triggers.sources()).noneMatch(source -> source.startsWith("Define"));
  }

  @Test
  @Shows(
      id = "auth-07",
      says = "a pool that lacks one of the functions: InvalidUserPoolConfigurationException")
  void missingFunctions() {
    for (LambdaConfigType lambda :
        List.of(
            LambdaConfigType.builder().build(),
            LambdaConfigType.builder().defineAuthChallenge(TriggerScene.ARN).build())) {
      TriggerScene triggers =
          TriggerScene.of(
              server,
              configured -> configured.defineAuthChallenge(lambda.defineAuthChallenge()),
              pool -> {},
              client ->
                  client.explicitAuthFlows(
                      ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
                      ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH));
      triggers.answer(
          "DefineAuthChallenge", response -> response.put("challengeName", "CUSTOM_CHALLENGE"));
      String name = triggers.scene.newUser();
      assertThatThrownBy(
              () -> triggers.scene.begin(AuthFlowType.CUSTOM_AUTH, Map.of("USERNAME", name)))
          .isInstanceOf(InvalidUserPoolConfigurationException.class)
          .hasMessageContaining("Custom auth lambda trigger is not configured");
    }
  }
}

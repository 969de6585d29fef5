package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.conformance.functions.Recorder;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.LambdaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserLambdaValidationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions with AWS's runtime interface clients, unchanged, reached in both ways. */
@Tag("slow")
class FunctionsTest {
  static final Path NODE_FUNCTIONS = Path.of("functions").toAbsolutePath();
  private static final String NAME = "recorder";
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:" + NAME;

  @TempDir Path folder;

  static void assumeNodeFunctions() {
    Assumptions.assumeTrue(
        Files.exists(NODE_FUNCTIONS.resolve("node_modules/.installed")),
        "npm's runtime interface client is not here; scripts/install-test-tools says why it could"
            + " not be installed.");
  }

  static FunctionConfig node(String handler, Map<String, Secret> environment) {
    return new FunctionConfig(
        List.of("node", "node_modules/aws-lambda-ric/index.mjs", "triggers." + handler),
        NODE_FUNCTIONS.toString(),
        "triggers." + handler,
        environment,
        1,
        20);
  }

  private static FunctionConfig java(Map<String, Secret> environment) {
    return new FunctionConfig(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            Recorder.class.getName() + "::handleRequest"),
        null,
        Recorder.class.getName() + "::handleRequest",
        environment,
        1,
        20);
  }

  /** What a function saw while somebody signed up and somebody else was refused. */
  private List<JsonNode> seen(LambdaFunctions functions, Path record) throws IOException {
    try (TestServer server = new TestServer(ServerOptions.ephemeral().with(functions))) {
      Scene scene =
          Scene.of(
              server,
              pool -> pool.lambdaConfig(lambda -> lambda.preSignUp(ARN).postConfirmation(ARN)),
              client -> {});
      assertThat(
              scene
                  .anonymous()
                  .signUp(r ->
                      r.clientId(scene.clientId())
                          .username("ada")
                          .password(Scene.PASSWORD)
                          .userAttributes(Scene.attribute("email", "ada@example.com")))
                  .userConfirmed())
          .isTrue();
      assertThatThrownBy(() ->
              scene
                  .anonymous()
                  .signUp(r ->
                      r.clientId(scene.clientId())
                          .username("eve")
                          .password(Scene.PASSWORD)
                          .userAttributes(Scene.attribute("email", "eve@refused.example"))))
          .isInstanceOf(UserLambdaValidationException.class)
          .hasMessageContaining("PreSignUp failed with error Not allowed.");
      return Files.readAllLines(record).stream()
          .map(line ->
              line.replace(scene.poolId, "POOL")
                  .replace(scene.clientId(), "CLIENT")
                  .replaceAll("\"sub\":\"[0-9a-f-]{36}\"", "\"sub\":\"SUB\""))
          .map(line -> JsonMapper.shared().readTree(line))
          .toList();
    }
  }

  private void bothWays(java.util.function.Function<Map<String, Secret>, FunctionConfig> function)
      throws IOException {
    Path local = Files.createFile(folder.resolve("local"));
    Path invoked = Files.createFile(folder.resolve("invoked"));
    List<JsonNode> locally =
        seen(
            new LambdaFunctions(
                Map.of(NAME, function.apply(Map.of("RECORD", Secret.of(local.toString())))),
                null,
                Map.of(),
                null),
            local);
    assertThat(locally)
        .extracting(note -> note.at("/event/triggerSource").asString())
        .containsExactly("PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp", "PreSignUp_SignUp");
    assertThat(locally).allSatisfy(note -> assertThat(note.get("arn").asString()).isEqualTo(ARN));
    try (InvokeEndpoint endpoint =
        new InvokeEndpoint(
            Map.of(NAME, function.apply(Map.of("RECORD", Secret.of(invoked.toString())))))) {
      assertThat(
              seen(
                  new LambdaFunctions(
                      Map.of(),
                      new LambdaConfig(
                          endpoint.address(), "us-east-1", "AKIA", Secret.of("secret"), true),
                      Map.of(),
                      null),
                  invoked))
          .isEqualTo(locally);
      assertThat(endpoint.signed).hasValue(3);
    }
  }

  @Test
  @Shows(
      id = "triggers-12",
      says =
          "a Node.js handler on AWS's runtime interface client gets the same events locally and through the Invoke API")
  void nodeBothWays() throws IOException {
    assumeNodeFunctions();
    bothWays(environment -> node("recorder", environment));
  }

  @Test
  @Shows(
      id = "triggers-12",
      says =
          "a Java handler on AWS's runtime interface client gets the same events locally and through the Invoke API")
  void javaBothWays() throws IOException {
    bothWays(FunctionsTest::java);
  }
}

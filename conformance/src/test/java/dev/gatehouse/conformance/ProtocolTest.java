package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

@ExtendWith(TestServer.Extension.class)
class ProtocolTest {
  private final TestServer server;

  ProtocolTest(TestServer server) {
    this.server = server;
  }

  @Test
  @Shows(
      id = "protocol-02",
      says =
          "a refusal is HTTP 400 with the bare type, the error headers and a request id; a success has a request id")
  void envelopes() {
    Scene scene = Scene.of(server);
    TestServer.Raw refused =
        server.raw(
            "InitiateAuth",
            "{\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"ClientId\":\""
                + scene.clientId()
                + "\",\"AuthParameters\":{\"USERNAME\":\"nobody\",\"PASSWORD\":\"x\"}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("__type").asString()).isEqualTo("UserNotFoundException");
    assertThat(refused.json().get("message").asString()).isEqualTo("User does not exist.");
    assertThat(refused.headers().get("x-amzn-ErrorType")).startsWith("UserNotFoundException");
    assertThat(refused.headers().get("x-amzn-ErrorMessage")).isEqualTo("User does not exist.");
    assertThat(refused.headers().get("x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    assertThat(refused.headers().get("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    String username = scene.newUser();
    TestServer.Raw good =
        server.raw(
            "InitiateAuth",
            "{\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"ClientId\":\""
                + scene.clientId()
                + "\",\"AuthParameters\":{\"USERNAME\":\""
                + username
                + "\",\"PASSWORD\":\""
                + Scene.PASSWORD
                + "\"}}");
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.headers().get("x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    assertThat(good.json().get("ChallengeParameters").size()).isZero();
  }

  @Test
  @Shows(
      id = "protocol-02",
      says =
          "an unknown client is ResourceNotFoundException, an unknown target UnknownOperationException")
  void unknownThings() {
    TestServer.Raw client =
        server.raw(
            "InitiateAuth",
            "{\"AuthFlow\":\"USER_SRP_AUTH\",\"ClientId\":\"nobodysclient\",\"AuthParameters\":{}}");
    assertThat(client.json().get("__type").asString()).isEqualTo("ResourceNotFoundException");
    TestServer.Raw target = server.raw("MakeCoffee", "{}");
    assertThat(target.status()).isEqualTo(400);
    assertThat(target.json().get("__type").asString()).isEqualTo("UnknownOperationException");
  }

  @Test
  @Shows(
      id = "protocol-03",
      says = "SignUp works without a signature, ListUsers is refused without one and shows nothing")
  void signaturesWhereTheyAreNeeded() {
    Scene scene = Scene.of(server);
    scene.signUp(Scene.newName(), Scene.PASSWORD);
    TestServer.Raw unsigned = server.raw("ListUsers", "{\"UserPoolId\":\"" + scene.poolId + "\"}");
    assertThat(unsigned.status()).isEqualTo(400);
    assertThat(unsigned.json().get("__type").asString())
        .isEqualTo("MissingAuthenticationTokenException");
    assertThat(unsigned.body()).doesNotContain("Users");
    TestServer.Raw forged =
        server.raw(
            "ListUsers",
            "{\"UserPoolId\":\"" + scene.poolId + "\"}",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAFORGED/20260102/us-east-1/cognito-idp/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=00",
            "X-Amz-Date",
            "20260102T030405Z");
    assertThat(forged.status()).isEqualTo(400);
    assertThat(forged.body()).doesNotContain("Users");
  }

  @Test
  @Shows(
      id = "protocol-04",
      says = "a value outside an enumeration is refused before the client is looked up")
  void validationComesFirst() {
    TestServer.Raw answer =
        server.raw("InitiateAuth", "{\"AuthFlow\":\"FOO\",\"ClientId\":\"nobodysclient\"}");
    assertThat(answer.json().get("__type").asString()).isEqualTo("InvalidParameterException");
    assertThat(answer.json().get("message").asString())
        .startsWith(
            "1 validation error detected: Value 'FOO' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set:"
                + " [");
  }

  @Test
  @Shows(
      id = "protocol-06",
      says = "GetUser refuses an ID token, nonsense, and an access token that has expired")
  void onlyAccessTokensOpenGetUser() {
    Scene scene = Scene.of(server);
    AuthenticationResultType tokens = scene.signIn(scene.newUser(), Scene.PASSWORD);
    for (String bad : new String[] {tokens.idToken(), "a.b.c", "nonsense"}) {
      assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(bad)))
          .isInstanceOf(NotAuthorizedException.class)
          .hasMessageContaining("Invalid Access Token");
    }
    server.server().clock().advance(java.time.Duration.ofHours(1));
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Access Token has expired");
  }

  @Test
  @Shows(
      id = "protocol-07",
      says = "an overlong session and a one-character password are refused without being shown")
  void sensitiveValuesAreNotEchoed() {
    String session = "s".repeat(2049);
    TestServer.Raw answer =
        server.raw(
            "RespondToAuthChallenge",
            "{\"ClientId\":\"c\",\"ChallengeName\":\"PASSWORD_VERIFIER\",\"Session\":\""
                + session
                + "\"}");
    assertThat(answer.json().get("__type").asString()).isEqualTo("InvalidParameterException");
    assertThat(answer.body()).contains("Value at 'session'").doesNotContain("sss");
    TestServer.Raw password =
        server.raw("SignUp", "{\"ClientId\":\"c\",\"Username\":\"u\",\"Password\":\"Q\"}");
    assertThat(password.json().get("__type").asString()).isEqualTo("InvalidParameterException");
    assertThat(password.body()).contains("Value at 'password'").doesNotContain("Q");
  }

  /** What fails every test in which it happens. */
  @Test
  void undeclaredErrorsAreFoundInTheMetrics() {
    String metrics = server.get("/_gatehouse/metrics").body();
    assertThat(TestServer.undeclaredErrors(metrics)).isEmpty();
    assertThat(
            TestServer.undeclaredErrors(
                metrics + "gatehouse_undeclared_errors_total{operation=\"SignUp\"} 1.0\n"))
        .hasSize(1);
    // the figures are those of the calls: a counter of ours is there
    assertThat(metrics).contains("gatehouse_");
  }

  @Test
  void badJsonAndWrongTypesAreSerializationExceptions() {
    for (String body : new String[] {"{", "[]", "", "{\"ClientId\":5}", "{\"A\":1,\"A\":2}"}) {
      TestServer.Raw answer = server.raw("SignUp", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("__type").asString()).isEqualTo("SerializationException");
    }
  }

  @Test
  void wrongTypesAreSerializationExceptionsWhereverTheyStand() {
    for (String rest :
        new String[] {
          "\"AuthParameters\":[]",
          "\"AuthParameters\":\"x\"",
          "\"AuthParameters\":{\"USERNAME\":1}",
          "\"AuthFlow\":{}",
          "\"UserContextData\":[]"
        }) {
      TestServer.Raw answer = server.raw("InitiateAuth", "{\"ClientId\":\"c\"," + rest + "}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("__type").asString()).isEqualTo("SerializationException");
    }
  }

  @Test
  void tooLargeIsRefused() {
    String large = "{\"ClientId\":\"" + "c".repeat(1024 * 1024) + "\"}";
    assertThat(server.raw("SignUp", large).status()).isEqualTo(413);
  }

  @Test
  @Shows(
      id = "protocol-06",
      says =
          "GetUser refuses an access token that was altered, or whose header says another algorithm")
  void forgedAccessTokens() {
    Scene scene = Scene.of(server);
    String token = scene.signIn(scene.newUser(), Scene.PASSWORD).accessToken();
    String[] parts = token.split("\\.");
    String claims = decoded(parts[1]);
    String longer = claims.replaceFirst("\"exp\":\\d+", "\"exp\":4102444800");
    String kid = Jwt.of(token).header().get("kid").asString();
    String none = encoded("{\"alg\":\"none\",\"kid\":\"" + kid + "\"}");
    String shared = encoded("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}");
    for (String forged :
        new String[] {
          parts[0] + "." + encoded(longer) + "." + parts[2],
          parts[0] + "." + parts[1] + ".",
          none + "." + parts[1] + ".",
          none + "." + parts[1] + "." + parts[2],
          shared + "." + parts[1] + "." + parts[2],
          token.substring(0, token.length() - 4) + "AAAA"
        }) {
      TestServer.Raw answer = server.raw("GetUser", "{\"AccessToken\":\"" + forged + "\"}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("__type").asString())
          .isIn("NotAuthorizedException", "InvalidParameterException");
      assertThat(answer.body()).doesNotContain("UserAttributes");
    }
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}

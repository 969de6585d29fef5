package dev.gatehouse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.AddressLimit;
import dev.gatehouse.http.AddressLimit.Loopbacks;
import dev.gatehouse.http.KeyedLimit.Rate;
import dev.gatehouse.http.Router;
import dev.gatehouse.testkit.Differs;
import dev.gatehouse.testkit.Shows;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

class JsonEndpointTest {
  private static final String SIGN_UP =
      "{\"ClientId\":\"1example23456789\",\"Username\":\"%s\",\"Password\":\"Secret-of-1\"}";

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(CallLimits.none(), UndeclaredErrors.REPORT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CognitoIdentityProviderClient client(String key, String secret) {
    return CognitoIdentityProviderClient.builder()
        .endpointOverride(server.uri())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  @Shows(id = "protocol-03", says = "an operation that needs no signature is answered without one")
  void answersWithoutSignatureWhereNoneIsNeeded() throws Exception {
    HttpResponse<String> answer = server.call("SignUp", SIGN_UP.formatted("ada"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"UserConfirmed\":false");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Date")).isNotEmpty();
  }

  @Test
  @Shows(
      id = "protocol-03",
      says = "an admin operation without a signature answers an authentication error and no data")
  void refusesAnAdminOperationWithoutSignature() throws Exception {
    HttpResponse<String> answer = server.call("ListUserPools", "{\"MaxResults\":1}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"__type\":\"MissingAuthenticationTokenException\"")
        .contains("Missing Authentication Token")
        .doesNotContain("UserPools");
    assertThat(server.audited)
        .anySatisfy(entry -> {
          assertThat(entry.operation()).isEqualTo("ListUserPools");
          assertThat(entry.outcome()).isEqualTo("MissingAuthenticationTokenException");
          assertThat(entry.accessKeyId()).isEmpty();
        });
  }

  @Test
  @Shows(
      id = "protocol-02",
      says =
          "success and failure carry a request id, a failure its type and message as headers too")
  void errorsHaveTheirHeaders() throws Exception {
    HttpResponse<String> ok = server.call("SignUp", SIGN_UP.formatted("ada"));
    assertThat(header(ok, "x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    HttpResponse<String> refused = server.call("SignUp", SIGN_UP.formatted("refused"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"__type\":\"UsernameExistsException\"");
    assertThat(header(refused, "x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    assertThat(header(refused, "x-amzn-ErrorType")).isEqualTo("UsernameExistsException");
    assertThat(header(refused, "x-amzn-ErrorMessage")).isEqualTo("The words for it??X-Evil: 1");
    assertThat(refused.headers().firstValue("X-Evil")).isEmpty();
  }

  @Test
  void theAwsSdkReadsAnswersAndErrors() {
    try (CognitoIdentityProviderClient client = client(EdgeServer.KEY, EdgeServer.SECRET)) {
      assertThat(client.listUserPools(request -> request.maxResults(1)).userPools()).isEmpty();
      assertThatThrownBy(() ->
              client.signUp(request ->
                  request.clientId("1example23456789").username("refused").password("Secret-of-1")))
          .isInstanceOf(UsernameExistsException.class);
    }
    assertThat(server.audited)
        .anySatisfy(entry -> {
          assertThat(entry.accessKeyId()).isEqualTo(EdgeServer.KEY);
          assertThat(entry.outcome()).isEqualTo("ok");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "AKIANOBODYSKEY000000, x, UnrecognizedClientException",
    "AKIAEXAMPLEKEY000001, x, InvalidSignatureException"
  })
  void refusesForgedSignatures(String key, String secret, String type) {
    try (CognitoIdentityProviderClient client = client(key, secret)) {
      assertThatThrownBy(() -> client.listUserPools(request -> request.maxResults(1)))
          .isInstanceOfSatisfying(
              CognitoIdentityProviderException.class,
              failure -> assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(type));
    }
    assertThat(server.audited)
        .anySatisfy(entry -> {
          assertThat(entry.accessKeyId()).isEqualTo(key);
          assertThat(entry.outcome()).isEqualTo(type);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWSCognitoIdentityProviderService.Nothing",
        "AWSCognitoIdentityProviderService.",
        "AWSCognitoIdentityProviderService",
        "AWSCognitoIdentityProviderService.SignUp.SignUp",
        "DynamoDB_20120810.GetItem",
        ".SignUp",
        "x"
      })
  void refusesUnknownTargets(String target) throws Exception {
    HttpResponse<String> answer = server.send("POST", "/", "{}", "X-Amz-Target", target);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"UnknownOperationException\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "[]",
        "{\"ClientId\":1}",
        "{\"ClientId\":\"a\",\"ClientId\":\"b\"}",
        "{\"ClientId\":\"a\"} x",
        "{\"ClientId\":{\"a\":1}}",
        "{\"ClientId\":\"a\\u0000b\"}",
        "{\"ClientMetadata\":{\"a\\ud800\":\"b\"}}"
      })
  void refusesWhatIsNotTheOperationsJson(String body) throws Exception {
    HttpResponse<String> answer = server.call("SignUp", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"SerializationException\"");
  }

  @Test
  void tellsAllThatTheConstraintsDoNotAllow() throws Exception {
    HttpResponse<String> answer = server.call("SignUp", "{\"Password\":\"a\"}");
    assertThat(answer.body())
        .contains("\"__type\":\"InvalidParameterException\"")
        .contains("3 validation errors detected: Value at 'clientId'");
  }

  @Test
  @Differs(
      number = 10,
      in = "Operations that are not served",
      cognito = "All operations of the model are there.",
      here =
          "Those marked no in docs/operations.md answer status 501, OperationNotServedException.",
      why = "An answer that looks like success would store what nobody reads.")
  void saysWhatIsNotServed() throws Exception {
    HttpResponse<String> answer = server.call("GetUser", "{\"AccessToken\":\"a\"}");
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body()).contains("\"__type\":\"OperationNotServedException\"");
  }

  @Test
  void aFailureTellsItsRequestIdAlone() throws Exception {
    HttpResponse<String> answer = server.call("SignUp", SIGN_UP.formatted("broken"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("\"__type\":\"InternalErrorException\"")
        .contains(header(answer, "x-amzn-RequestId"))
        .doesNotContain("secret-of-the-inside");
  }

  @Test
  void anUndeclaredErrorIsAMistakeOfOurs() throws Exception {
    HttpResponse<String> answer = server.call("SignUp", SIGN_UP.formatted("undeclared"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("\"__type\":\"InternalErrorException\"");
    assertThat(server.counted).contains("undeclared_errors_total operation SignUp");
    try (EdgeServer strict = new EdgeServer(CallLimits.none(), UndeclaredErrors.THROW)) {
      assertThat(strict.call("SignUp", SIGN_UP.formatted("undeclared")).body())
          .doesNotContain("__type");
    }
  }

  @Test
  void oneErrorIsRealAlthoughUndeclared() {
    try (CognitoIdentityProviderClient client = client(EdgeServer.KEY, EdgeServer.SECRET)) {
      assertThatThrownBy(() ->
              client.adminCreateUser(
                  request -> request.userPoolId("eu-west-1_aB3dE5fG7").username("ada")))
          .isInstanceOfSatisfying(
              CognitoIdentityProviderException.class,
              failure ->
                  assertThat(failure.awsErrorDetails().errorCode())
                      .isEqualTo("AliasExistsException"));
    }
    assertThat(server.audited)
        .anySatisfy(entry -> {
          assertThat(entry.operation()).isEqualTo("AdminCreateUser");
          assertThat(entry.poolId()).isEqualTo("eu-west-1_aB3dE5fG7");
          assertThat(entry.sub()).isEqualTo(EdgeServer.SUB);
          assertThat(entry.outcome()).isEqualTo("AliasExistsException");
        });
  }

  @Test
  void largeRequestsAreForServedPicturesAlone() throws Exception {
    String large = "{\"x\":\"" + "y".repeat(Router.DEFAULT_BODY) + "\"}";
    assertThat(server.call("SignUp", large).statusCode()).isEqualTo(413);
    assertThat(server.call("CreateManagedLoginBranding", large).statusCode())
        .as("not served")
        .isEqualTo(413);
    assertThat(server.call("SetUICustomization", large).statusCode()).isEqualTo(400);
    assertThat(
            server.call("SetUICustomization", "y".repeat(3 * Router.DEFAULT_BODY + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aLargeUnsignedBodyIsNotReadWhenTheAddressHasNoCallsLeft() throws Exception {
    AddressLimit one = new AddressLimit(new Rate(1, 1), Loopbacks.COUNTED);
    try (EdgeServer limited = new EdgeServer(CallLimits.unsigned(one), UndeclaredErrors.THROW)) {
      for (int i = 0; i < 3; i++) {
        assertThat(limited.call("SignUp", SIGN_UP.formatted("ada")).statusCode()).isIn(200, 400);
      }
      String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n";
      try (Socket socket = new Socket("localhost", limited.uri().getPort())) {
        socket
            .getOutputStream()
            .write(
                (head + "X-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\n\r\n")
                    .getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
            .startsWith("HTTP/1.1 400 ")
            .contains("TooManyRequestsException");
      }
    }
  }

  @Test
  @Differs(
      number = 8,
      in = "Request rates",
      cognito = "Rates hold for an account and a category of operations.",
      here =
          "Unsigned calls have 20 a second for each address (burst 100) and each node, answered with TooManyRequestsException; signed calls have no limit. `limits: aws` adds the rates of Cognito.",
      why =
          "One client must not use up what all clients have; who runs the server decides about its own scripts.")
  void unsignedCallsAreLimitedSignedOnesAreNot() throws Exception {
    AddressLimit two = new AddressLimit(new Rate(1, 2), Loopbacks.COUNTED);
    try (EdgeServer limited = new EdgeServer(CallLimits.unsigned(two), UndeclaredErrors.THROW)) {
      assertThat(limited.call("SignUp", SIGN_UP.formatted("ada")).statusCode()).isEqualTo(200);
      assertThat(limited.call("ListUserPools", "{}").body()).contains("MissingAuthentication");
      HttpResponse<String> third = limited.call("SignUp", SIGN_UP.formatted("ada"));
      assertThat(third.statusCode()).isEqualTo(400);
      assertThat(third.body())
          .contains("\"__type\":\"TooManyRequestsException\"")
          .contains("Rate exceeded");
      try (CognitoIdentityProviderClient client =
          CognitoIdentityProviderClient.builder()
              .endpointOverride(limited.uri())
              .region(Region.EU_WEST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(EdgeServer.KEY, EdgeServer.SECRET)))
              .httpClient(
                  UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(10)).build())
              .build()) {
        for (int i = 0; i < 10; i++) {
          assertThat(client.listUserPools(request -> request.maxResults(1)).userPools()).isEmpty();
        }
      }
    }
  }

  @Test
  void publishesWhatVerifiersNeed() throws Exception {
    HttpResponse<String> keys =
        server.send("GET", "/eu-west-1_aB3dE5fG7/.well-known/jwks.json", "");
    assertThat(keys.body()).isEqualTo("{\"keys\":[]}");
    assertThat(header(keys, "Content-Type")).isEqualTo("application/json");
    assertThat(header(keys, "Cache-Control")).isEqualTo("public, max-age=3600");
    assertThat(header(keys, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(
            server.send("GET", "/eu-west-1_aB3dE5fG7/.well-known/openid-configuration", "").body())
        .contains("issuer");
    for (String path :
        new String[] {
          "/eu-west-1_other0000/.well-known/jwks.json",
          "/eu-west-1_aB3dE5fG7/.well-known/other",
          "/x/.well-known/jwks.json",
          "/.well-known/jwks.json",
          "/eu-west-1_aB3dE5fG7/x/.well-known/jwks.json"
        }) {
      assertThat(server.send("GET", path, "").statusCode()).as(path).isEqualTo(404);
    }
  }
}

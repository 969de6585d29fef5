package dev.gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

class QueryEndpointTest {
  private static final String VERSION = "&Version=2011-06-15";
  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server = new EdgeServer(CallLimits.none(), UndeclaredErrors.THROW);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static <T> T with(String key, String secret, Function<StsClient, T> use) {
    try (StsClient client =
        StsClient.builder()
            .endpointOverride(server.uri())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return use.apply(client);
    }
  }

  private static HttpResponse<String> form(String body) throws IOException, InterruptedException {
    return server.send(
        "POST", "/", body, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  }

  @Test
  void tellsTheCallerWhoItIs() {
    GetCallerIdentityResponse identity =
        with(EdgeServer.KEY, EdgeServer.SECRET, StsClient::getCallerIdentity);
    assertThat(identity.account()).isEqualTo("123456789012");
    assertThat(identity.userId()).isEqualTo("123456789012");
    assertThat(identity.arn()).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(identity.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @CsvSource({
    "AKIANOBODYSKEY000000, x, InvalidClientTokenId, 403",
    "AKIAEXAMPLEKEY000001, x, SignatureDoesNotMatch, 403"
  })
  void refusesForgedSignatures(String key, String secret, String code, int status) {
    assertThatThrownBy(() -> with(key, secret, StsClient::getCallerIdentity))
        .isInstanceOfSatisfying(
            StsException.class,
            failure -> {
              assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(failure.statusCode()).isEqualTo(status);
            });
  }

  @Test
  void refusesACallWithoutSignature() throws Exception {
    HttpResponse<String> answer = form("Action=GetCallerIdentity" + VERSION);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.body())
        .startsWith(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                + "<Type>Sender</Type><Code>MissingAuthenticationToken</Code>")
        .contains(
            "<RequestId>"
                + answer.headers().firstValue("x-amzn-RequestId").orElseThrow()
                + "</RequestId>");
  }

  @Test
  void aGetWithTheSameQueryIsTheSameCall() throws Exception {
    HttpResponse<String> answer = server.send("GET", "/?Action=GetCallerIdentity" + VERSION, "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("MissingAuthenticationToken");
    assertThat(server.send("GET", "/", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "Action=Nothing&Version=2011-06-15, InvalidAction",
    "Action=getcalleridentity&Version=2011-06-15, InvalidAction",
    "Action=GetCallerIdentity&Version=2010-05-08, InvalidAction",
    "Action=GetCallerIdentity, InvalidAction",
    "Version=2011-06-15, MissingAction",
    "Action=, MissingAction",
    "Action=GetCallerIdentity&Action=AssumeRole&Version=2011-06-15, MalformedQueryString",
    "Action=%zz, MalformedQueryString"
  })
  void refusesWhatNamesNoOperation(String body, String code) throws Exception {
    HttpResponse<String> answer = form(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
  }

  @Test
  void noNameGetsIntoTheMarkup() throws Exception {
    HttpResponse<String> answer = form("Action=%3CScript%3E%26%00%22" + VERSION);
    assertThat(answer.body())
        .contains("operation &lt;Script&gt;&amp;?&quot; for version 2011-06-15");
  }

  @Test
  void saysWhatIsModelledButNotServed() throws Exception {
    HttpResponse<String> answer = form("Action=AssumeRoleWithWebIdentity" + VERSION + "&RoleArn=x");
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body())
        .contains("<Type>Receiver</Type><Code>OperationNotServedException</Code>");
    assertThatThrownBy(() -> with(EdgeServer.KEY, EdgeServer.SECRET, StsClient::getSessionToken))
        .isInstanceOfSatisfying(
            StsException.class, failure -> assertThat(failure.statusCode()).isEqualTo(501));
  }
}

package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests that the AWS SDK signed, sent again, late, or changed on the way. */
@ExtendWith(TestServer.Extension.class)
class SignedRequestsTest {
  private static final String BODY = "{\"MaxResults\":1}";

  private final TestServer server;

  SignedRequestsTest(TestServer server) {
    this.server = server;
  }

  /** The headers with which ListUserPools was signed at that time. */
  private Map<String, List<String>> signed(Instant at) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(server.endpoint() + "/"))
            .putHeader("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .build();
    return AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(
                    AwsCredentialsIdentity.create(
                        server.server().rootKey().id(), server.server().rootKey().secret().text()))
                .request(request)
                .payload(ContentStreamProvider.fromUtf8String(BODY))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "cognito-idp")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
        .request()
        .headers();
  }

  private TestServer.Raw send(String operation, Map<String, List<String>> headers, String body) {
    List<String> signature = new ArrayList<>();
    for (String name : new String[] {"Authorization", "X-Amz-Date", "x-amz-content-sha256"}) {
      if (headers.containsKey(name)) {
        signature.add(name);
        signature.add(headers.get(name).getFirst());
      }
    }
    return server.raw(operation, body, signature.toArray(String[]::new));
  }

  private static void assertRefused(TestServer.Raw answer, String type) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("__type").asString()).isEqualTo(type);
    assertThat(answer.body()).doesNotContain("UserPools");
  }

  @Test
  @Shows(
      id = "protocol-03",
      says = "a signed request may come again within five minutes, and not after them")
  void repeats() {
    Map<String, List<String>> good = signed(Instant.now().minus(Duration.ofMinutes(4)));
    for (int i = 0; i < 2; i++) {
      assertThat(send("ListUserPools", good, BODY).status()).isEqualTo(200);
    }
    TestServer.Raw late =
        send("ListUserPools", signed(Instant.now().minus(Duration.ofMinutes(6))), BODY);
    assertRefused(late, "InvalidSignatureException");
    assertThat(late.json().get("message").asString()).startsWith("Signature expired: ");
    assertThat(late.headers()).containsKey("Date");
  }

  @Test
  @Shows(id = "protocol-03", says = "a signature opens neither another operation nor another body")
  void changedOnTheWay() {
    Map<String, List<String>> good = signed(Instant.now());
    assertRefused(send("ListUserPools", good, "{\"MaxResults\":2}"), "InvalidSignatureException");
    assertRefused(send("CreateUserPool", good, BODY), "InvalidSignatureException");
  }
}

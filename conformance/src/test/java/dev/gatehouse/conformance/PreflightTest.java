package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser asks before and looks at after a call from a page of another origin. */
@ExtendWith(TestServer.Extension.class)
class PreflightTest {
  private static final String ORIGIN = "https://app.example";

  @Test
  @Shows(
      id = "protocol-01",
      says = "a browser's pre-flight from another origin passes, and the page may read the answer")
  void preflightAndAnswer(TestServer server) {
    TestServer.Raw preflight =
        server.options(
            "/",
            "Origin",
            ORIGIN,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "amz-sdk-invocation-id,content-type,x-amz-target,x-amz-user-agent");
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers().get("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.headers().get("Access-Control-Allow-Methods")).contains("POST");
    assertThat(preflight.headers().get("Access-Control-Allow-Headers"))
        .contains("amz-sdk-invocation-id", "content-type", "x-amz-target", "x-amz-user-agent");

    TestServer.Raw refused = server.raw("GetUser", "{\"AccessToken\":\"x\"}", "Origin", ORIGIN);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.headers().get("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(refused.headers().get("Access-Control-Expose-Headers")).contains("x-amzn-ErrorType");
  }

  @Test
  @Shows(
      id = "protocol-01",
      says = "a browser's pre-flight for the development inbox from another origin is refused")
  void inboxStaysClosed(TestServer server) {
    TestServer.Raw preflight =
        server.options(
            "/_gatehouse/inbox", "Origin", ORIGIN, "Access-Control-Request-Method", "GET");
    assertThat(preflight.headers()).doesNotContainKey("Access-Control-Allow-Origin");
  }
}

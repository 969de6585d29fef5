package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.RawClient.Answer;
import dev.gatehouse.testkit.Shows;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ASKING =
      String.join(
          "\r\n",
          "Access-Control-Request-Method: POST",
          "Access-Control-Request-Headers: x-amz-target, content-type,cache-control",
          "");

  private static HttpListener listener;

  @BeforeAll
  static void start() {
    Router router =
        new Router()
            .addPublic("POST", "/", 100, request -> HttpAnswer.json(200, "{}"))
            .add("GET", "/_gatehouse/inbox", 100, request -> HttpAnswer.json(200, "[]"));
    listener = HttpListener.start(HttpConfig.loopback(0), router, Instant::now, new AccessLog());
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  private static Answer ask(String line, String headers) throws IOException {
    return RawClient.ask(
        listener.port(),
        line
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: https://app.example\r\n"
            + headers
            + "\r\n");
  }

  @Test
  @Shows(
      id = "protocol-01",
      says = "a browser's pre-flight is answered with exactly the header names it asks for")
  void preflightAllowsWhatIsAsked() throws IOException {
    Answer answer = ask("OPTIONS /", ASKING);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .contains("x-amz-target,content-type,cache-control");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.header("Date")).isPresent();
  }

  @Test
  void preflightRefusesWhatIsNoHeaderName() throws IOException {
    Answer answer =
        ask(
            "OPTIONS /",
            "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: a b\r\n");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void preflightForAMethodThatIsNotThereIsNotFound() throws IOException {
    assertThat(ask("OPTIONS /", "Access-Control-Request-Method: DELETE\r\n").status())
        .isEqualTo(404);
    assertThat(ask("OPTIONS /", "").status()).isEqualTo(404);
  }

  @Test
  void answersAndErrorsAreReadableAndExposeTheirHeaders() throws IOException {
    for (Answer answer :
        new Answer[] {
          ask("POST /", "Content-Length: 0\r\n"), ask("POST /", "Content-Length: 101\r\n"),
        }) {
      assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
      assertThat(answer.header("Access-Control-Expose-Headers").orElse("").split(","))
          .containsExactlyInAnyOrder(
              "x-amzn-RequestId", "x-amzn-ErrorType", "x-amzn-ErrorMessage", "Date");
    }
  }

  @Test
  void nothingUnderGatehouseIsOpen() throws IOException {
    Answer answer = ask("GET /_gatehouse/inbox", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control");
    Answer preflight = ask("OPTIONS /_gatehouse/inbox", "Access-Control-Request-Method: GET\r\n");
    assertThat(preflight.status()).isEqualTo(404);
    assertThat(preflight.text().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("access-control");
    assertThatThrownBy(
            () -> new Router().addPublic(target -> true, 1, request -> HttpAnswer.empty(200)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

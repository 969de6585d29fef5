package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {
  private static final int MOST = 1000;
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    Router router =
        new Router()
            .addPublic("POST", "/", MOST, HttpListenerTest::echo)
            .add(
                "GET",
                "/boom",
                MOST,
                request -> {
                  throw new IllegalStateException("secret-of-the-inside");
                })
            .add(
                "GET",
                "/slow",
                MOST,
                request -> {
                  sleep(900);
                  return HttpAnswer.text(200, "slow");
                })
            .add("GET", "/address", MOST, request -> HttpAnswer.text(200, request.clientAddress()));
    listener =
        HttpListener.start(
            HttpConfig.loopback(0)
                .withTimes(Duration.ofMillis(700), Duration.ofMillis(500))
                .withProxies(TrustedProxies.none()),
            router,
            () -> Instant.parse("2026-11-24T09:08:07.9Z"),
            new AccessLog());
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @Test
  void aPortThatIsTakenIsRefusedAndItsOwnerGoesOn() throws Exception {
    HttpConfig taken = HttpConfig.loopback(listener.port());
    assertThatThrownBy(() -> HttpListener.start(taken, new Router(), Instant::now, new AccessLog()))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("Cannot listen on port " + listener.port() + " of 127.0.0.1");
    try (HttpListener other =
        HttpListener.start(HttpConfig.loopback(0), new Router(), Instant::now, new AccessLog())) {
      assertThat(other.port()).isPositive().isNotEqualTo(listener.port());
    }
  }

  private static HttpAnswer echo(HttpRequest request) {
    return HttpAnswer.of(200, "text/plain", request.body());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer ask(String request) throws IOException {
    return RawClient.ask(listener.port(), request);
  }

  private static String post(String headers, String body) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void answersWithDateAndRequestId() throws IOException {
    Answer answer = ask(post("", "hello"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.header("Date")).contains("Tue, 24 Nov 2026 09:08:07 GMT");
    assertThat(answer.header("x-amzn-RequestId").orElse("")).matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /boom HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: none\r\n\r\n",
      })
  void errorsHaveDateAndRequestIdToo(String request) throws IOException {
    Answer answer = ask(request);
    assertThat(answer.status()).isBetween(400, 599);
    assertThat(answer.header("Date")).contains("Tue, 24 Nov 2026 09:08:07 GMT");
    assertThat(answer.header("x-amzn-RequestId")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST\u0000", "P\u0001", "PO(ST", "\u00e4"})
  void refusesWhatIsNoMethod(String method) throws IOException {
    assertThat(ask(method + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").status()).isEqualTo(400);
  }

  @Test
  void failuresTellNothingOfTheInside() throws IOException {
    Answer answer = ask("GET /boom HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("secret-of-the-inside").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 5x\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n",
        "Content-Length: 0\r\nX-Amz-Target: A.B\r\nX-Amz-Target: A.C\r\n\r\n",
        "Content-Length: 0\r\nAuthorization: a\r\nauthorization: b\r\n\r\n",
        "Content-Length: 0\r\nBad Name: a\r\n\r\n",
        "Content-Length: 0\r\nX-Bad: a\u0001b\r\n\r\n",
      })
  void refusesHeadersThatCanBeReadInTwoWays(String rest) throws IOException {
    Answer answer = ask("POST / HTTP/1.1\r\nHost: localhost\r\n" + rest);
    assertThat(answer.status()).isBetween(400, 501);
    assertThat(answer.text().split("HTTP/1.1 ", -1)).as("one answer alone").hasSize(2);
  }

  @Test
  void refusesEncodedContent() throws IOException {
    Answer answer = ask(post("Content-Encoding: gzip\r\n", "hello"));
    assertThat(answer.status()).isIn(400, 415);
    assertThat(answer.body()).doesNotContain("hello");
  }

  @Test
  void refusesABodyAnnouncedTooLargeWithoutReadingIt() throws IOException {
    assertThat(ask("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n").status())
        .isEqualTo(413);
    assertThat(ask(post("", "x".repeat(MOST))).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatTurnsOutTooLarge() throws IOException {
    String chunk = "200\r\n" + "x".repeat(0x200) + "\r\n";
    Answer answer =
        ask(
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(3)
                + "0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text().split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  void readsAChunkedBody() throws IOException {
    Answer answer =
        ask(
            String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Transfer-Encoding: chunked",
                "",
                "5",
                "hello",
                "0",
                "",
                ""));
    assertThat(answer.body()).isEqualTo("hello");
  }

  @Test
  void closesOnHeadersThatComeByteByByte() throws IOException {
    assertDripped("POST / HTTP/1.1\r\nHost: localhost\r\n", "X-A: b\r\n");
  }

  @Test
  void closesOnARequestLineThatComesByteByByte() throws IOException {
    assertDripped("", "POST ");
  }

  @Test
  void closesOnABodyThatComesByteByByte() throws IOException {
    assertDripped("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n", "xx");
  }

  /** Each byte comes well within the time between two bytes, the whole does not. */
  private static void assertDripped(String first, String drip) throws IOException {
    long began = System.nanoTime();
    try (RawClient client = new RawClient(listener.port())) {
      client.send(first);
      Thread dripping =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 100; i++) {
                    client.send(drip.substring(i % drip.length(), i % drip.length() + 1));
                    Thread.sleep(50);
                  }
                } catch (IOException | InterruptedException closed) {
                  Thread.currentThread().interrupt();
                }
              });
      int status = client.rest().status();
      assertThat(status).isIn(0, 400, 408);
      dripping.interrupt();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void closesAnIdleConnection() throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anAnswerMayTakeLongerThanReading() throws IOException {
    Answer answer = ask("GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer.body()).isEqualTo("slow\n");
  }

  @Test
  void believesNoForwardedAddressOfStrangers() throws IOException {
    Answer answer =
        ask(
            String.join(
                "\r\n",
                "GET /address HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "X-Forwarded-For: 203.0.113.9",
                "",
                ""));
    assertThat(answer.body()).isEqualTo("127.0.0.1\n");
  }

  @Test
  void runningRequestsEndWhenTheServerStops() throws Exception {
    HttpListener stopping =
        HttpListener.start(
            HttpConfig.loopback(0),
            new Router()
                .add(
                    "GET",
                    "/slow",
                    MOST,
                    request -> {
                      sleep(400);
                      return HttpAnswer.of(200, "text/plain", "done".getBytes(UTF_8));
                    }),
            Instant::now,
            new AccessLog());
    try (RawClient client = new RawClient(stopping.port())) {
      client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      sleep(100);
      stopping.close();
      assertThat(client.rest().body()).isEqualTo("done");
    }
  }
}

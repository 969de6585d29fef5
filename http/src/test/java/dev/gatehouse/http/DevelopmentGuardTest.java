package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentGuardTest {
  private static HttpListener listener;

  @BeforeAll
  static void start() {
    Router router =
        new Router()
            .guard("/_gatehouse/", new DevelopmentGuard())
            .add("GET", "/_gatehouse/inbox", 100, request -> HttpAnswer.json(200, "[]"))
            .add("POST", "/_gatehouse/reset", 100, request -> HttpAnswer.empty(204))
            .add("GET", "/open", 100, request -> HttpAnswer.text(200, "open"));
    listener = HttpListener.start(HttpConfig.loopback(0), router, Instant::now, new AccessLog());
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  private static int status(String line, String headers) throws IOException {
    return RawClient.ask(
            listener.port(), line + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n")
        .status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:9400\r\n",
        "Host: LOCALHOST\r\n",
        "Host: app.localhost:9400\r\n",
        "Host: 127.0.0.1:9400\r\n",
        "Host: 127.8.8.8\r\n",
        "Host: [::1]:9400\r\n",
        "Host: localhost:9400\r\nOrigin: http://localhost:9400\r\nSec-Fetch-Site: same-origin\r\n",
        "Host: localhost:9400\r\nSec-Fetch-Site: none\r\n",
      })
  void letsThisMachineIn(String headers) throws IOException {
    assertThat(status("GET /_gatehouse/inbox", headers)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: evil.example:9400\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: notlocalhost\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 10.0.0.1\r\n",
        "Host: localhost\r\nForwarded: for=192.0.2.1\r\n",
        "Host: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n",
        "Host: localhost\r\nX-Forwarded-Proto: https\r\n",
        "Host: localhost\r\nX-Forwarded-Host: public.example\r\n",
        "Host: localhost\r\nVia: 1.1 proxy\r\n",
        "Host: localhost:9400\r\nOrigin: https://evil.example\r\n",
        "Host: localhost:9400\r\nOrigin: http://localhost:3000\r\n",
        "Host: localhost:9400\r\nOrigin: null\r\n",
        "Host: localhost:9400\r\nSec-Fetch-Site: cross-site\r\n",
        "Host: localhost:9400\r\nSec-Fetch-Site: same-site\r\n",
      })
  void refusesEverybodyElse(String headers) throws IOException {
    assertThat(status("GET /_gatehouse/inbox", headers)).isEqualTo(403);
    assertThat(status("POST /_gatehouse/reset", headers + "Content-Length: 0\r\n")).isEqualTo(403);
    assertThat(status("GET /_gatehouse/nowhere", headers)).isEqualTo(403);
    assertThat(status("GET /open", headers)).isEqualTo(200);
  }

  @Test
  void refusesARequestWithoutHost() throws IOException {
    assertThat(RawClient.ask(listener.port(), "GET /_gatehouse/inbox HTTP/1.1\r\n\r\n").status())
        .isBetween(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%5fgatehouse/inbox",
        "//_gatehouse/inbox",
        "/x/../_gatehouse/inbox",
        "/_GATEHOUSE/inbox"
      })
  void noOtherSpellingOfThePathLeadsIn(String path) throws IOException {
    assertThat(status("GET " + path, "Host: evil.example\r\n")).isIn(400, 403, 404);
  }
}

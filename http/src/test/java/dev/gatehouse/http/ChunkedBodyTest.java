package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.RawClient.Answer;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n";

  private static Answer ask(String rest) throws IOException {
    Router router =
        new Router()
            .add("POST", "/", 1024, request -> HttpAnswer.of(200, "text/plain", request.body()));
    try (HttpListener listener =
        HttpListener.start(HttpConfig.loopback(0), router, Instant::now, new AccessLog())) {
      return RawClient.ask(listener.port(), HEAD + rest);
    }
  }

  private static int status(String body) throws IOException {
    return ask("\r\n" + body).status();
  }

  /** A proxy in front may read these otherwise: the way to smuggle a request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2\r\n{}\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "2;a\u0000b\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\r\nno trailer\r\n\r\n",
        "2\r\n{}\r\n0\n\n",
        "zz\r\n{}\r\n0\r\n\r\n",
        "-1\r\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n"
      })
  void whatIsNoChunkIsRefused(String body) throws IOException {
    assertThat(status(body)).isEqualTo(400);
  }

  @Test
  void extensionsAndTrailersAreReadOver() throws IOException {
    assertThat(ask("\r\n2;a=b\r\n{}\r\n0\r\n\r\n").body()).isEqualTo("{}");
    assertThat(ask("\r\n0002 ;a=\"b c\"\r\n{}\r\n000;x\r\n\r\n").body()).isEqualTo("{}");
    assertThat(ask("\r\n1\r\n{\r\n1\r\n}\r\n0\r\nX-Checksum: 1\r\n\r\n").body()).isEqualTo("{}");
  }

  @Test
  void theConnectionEndsWithTheAnswer() throws IOException {
    Answer answer =
        ask("\r\n2\r\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer.header("Connection")).contains("close");
    assertThat(answer.text().split("HTTP/1.1 ", -1)).as("one answer alone").hasSize(2);
  }

  @Test
  void aClientThatWaitsIsAskedForTheBody() throws IOException {
    Answer answer = ask("Expect: 100-continue\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    assertThat(answer.text())
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ")
        .endsWith("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FFFFFFFFFFFFFFFFF\r\n{}", "401\r\n"})
  void aChunkLongerThanTheBodyMayBeIsTooLarge(String body) throws IOException {
    assertThat(status(body.equals("401\r\n") ? body + "x".repeat(0x401) : body)).isEqualTo(413);
  }
}

package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.RawClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that are handed on as they arrive. */
class StreamedBodyTest {
  private static final int MOST = 300_000;

  /** What handlers were left with, in order: a body's length, or that it failed. */
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private final HttpListener listener =
      HttpListener.start(
          HttpConfig.loopback(0).withTimes(Duration.ofMillis(700), Duration.ofMillis(300)),
          new Router()
              .addStreamed(
                  target -> target.method().equals("PUT") && target.path().equals("/count"),
                  MOST,
                  Duration.ofMillis(900),
                  this::count)
              .addStreamed(
                  target -> target.method().equals("PUT") && target.path().equals("/refused"),
                  MOST,
                  Duration.ofMillis(900),
                  (head, body) -> HttpAnswer.text(403, "no"))
              .addStreamed(
                  target -> target.path().equals("/boom"),
                  MOST,
                  Duration.ofMillis(900),
                  (head, body) -> {
                    throw new IllegalStateException("secret-of-the-inside");
                  }),
          Instant::now,
          new AccessLog());

  @AfterEach
  void close() {
    listener.close();
  }

  private HttpAnswer count(HttpRequest head, InputStream body) throws IOException {
    assertThat(head.body()).isEmpty();
    long length = 0;
    byte[] buffer = new byte[8192];
    try {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        length += read;
      }
      assertThat(body.read()).isEqualTo(-1);
    } catch (IOException failed) {
      seen.add("failed");
      throw failed;
    }
    seen.add(String.valueOf(length));
    return HttpAnswer.text(200, String.valueOf(length));
  }

  private static String put(String path, String headers) {
    return "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  @Test
  void handsOnWholeBodiesAndKeepsTheConnection() throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      String text =
          client
              .send(put("/count", "Content-Length: " + MOST + "\r\n"))
              .send("x".repeat(MOST))
              .send(put("/count", "Content-Length: 0\r\nConnection: close\r\n"))
              .rest()
              .text();
      assertThat(text.split("HTTP/1.1 200", -1)).hasSize(3);
      assertThat(seen).containsExactly(String.valueOf(MOST), "0");
    }
  }

  @Test
  void handsOnChunks() throws IOException {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    Answer answer =
        RawClient.ask(
            listener.port(),
            put("/count", "Transfer-Encoding: chunked\r\n") + chunk.repeat(10) + "0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(seen).containsExactly(String.valueOf(10 * 0x4000));
  }

  @Test
  void asksAClientThatWaitsOnlyWhenTheBodyIsRead() throws IOException {
    try (RawClient client = new RawClient(listener.port())) {
      String text =
          client
              .send(put("/refused", "Content-Length: 5\r\nExpect: 100-continue\r\n"))
              .rest()
              .text();
      assertThat(text).startsWith("HTTP/1.1 403").contains("Connection: close");
    }
    try (RawClient client = new RawClient(listener.port())) {
      String text =
          client
              .send(
                  put(
                      "/count",
                      "Content-Length: 5\r\nConnection: close\r\nExpect: 100-continue\r\n"))
              .send("hello")
              .rest()
              .text();
      assertThat(text).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
    }
  }

  @Test
  void refusesWhatIsTooLong() throws IOException {
    Answer announced =
        RawClient.ask(listener.port(), put("/count", "Content-Length: " + (MOST + 1) + "\r\n"));
    assertThat(announced.status()).isEqualTo(413);
    assertThat(seen).as("not even begun").isEmpty();
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    Answer chunked =
        RawClient.ask(
            listener.port(),
            put("/count", "Transfer-Encoding: chunked\r\n") + chunk.repeat(20) + "0\r\n\r\n");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(seen).containsExactly("failed");
  }

  @Test
  void aBodyThatEndsEarlyIsNoBody() throws Exception {
    try (RawClient client = new RawClient(listener.port())) {
      client.send(put("/count", "Content-Length: 1000\r\n")).send("x".repeat(999));
    }
    awaitFailure();
  }

  @Test
  void aBodyThatComesTooSlowlyFails() throws Exception {
    try (RawClient client = new RawClient(listener.port())) {
      client.send(put("/count", "Content-Length: 1000\r\n"));
      // longer than the listener's own limit, and then beyond the route's
      for (int i = 0; i < 6; i++) {
        Thread.sleep(100);
        client.send("x");
      }
      assertThat(seen).isEmpty();
      for (int i = 0; i < 10 && seen.isEmpty(); i++) {
        Thread.sleep(100);
        client.send("x");
      }
    }
    awaitFailure();
  }

  private void awaitFailure() throws InterruptedException {
    for (int i = 0; i < 100 && seen.isEmpty(); i++) {
      Thread.sleep(20);
    }
    assertThat(seen).containsExactly("failed");
  }

  @Test
  void encodedContentIsRefusedBeforeTheHandler() throws IOException {
    Answer answer =
        RawClient.ask(
            listener.port(),
            put("/count", "Content-Encoding: gzip\r\nContent-Length: 5\r\n") + "hello");
    assertThat(answer.status()).isIn(400, 415);
    assertThat(seen).isEmpty();
  }

  @Test
  void failuresTellNothingOfTheInside() throws IOException {
    Answer answer =
        RawClient.ask(listener.port(), put("/boom", "Connection: close\r\nContent-Length: 0\r\n"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("secret-of-the-inside");
  }
}

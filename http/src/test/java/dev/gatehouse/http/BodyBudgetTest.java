package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.RawClient.Answer;
import dev.gatehouse.kernel.Meter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private static final int MOST = 1024 * 1024;
  private static final int HELD = 200_000;

  private final BodyBudget budget = new BodyBudget(1_000_000, Meter.none());
  private final HttpListener listener =
      HttpListener.start(
          HttpConfig.loopback(0),
          new Router()
              .add("POST", "/", MOST, request -> HttpAnswer.text(200, "" + request.body().length)),
          Instant::now,
          new AccessLog(),
          budget);

  @AfterEach
  void stop() {
    listener.close();
  }

  private static String post(int announced, int sent) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + announced
        + "\r\n\r\n"
        + "x".repeat(sent);
  }

  private Answer ask(int length) throws IOException {
    return RawClient.ask(listener.port(), post(length, length));
  }

  @Test
  void heldBodiesDoNotFillTheHeapAndSmallOnesGoOn() throws Exception {
    List<RawClient> holding = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      holding.add(new RawClient(listener.port()).send(post(HELD, HELD - 1)));
    }
    awaitTaken(3 * HELD);
    assertThat(budget.taken()).isLessThanOrEqualTo(1_000_000);
    Answer refused = ask(900_000);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Connection")).contains("close");
    assertThat(ask(BodyBudget.FREE).body()).isEqualTo(BodyBudget.FREE + "\n");
    for (RawClient client : holding) {
      client.close();
    }
    awaitTakenAtMost(0);
    assertThat(ask(900_000).body()).isEqualTo("900000\n");
    awaitTakenAtMost(0);
  }

  @Test
  void whatIsAnnouncedAndNotSentCostsNothing() throws Exception {
    List<RawClient> holding = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      holding.add(new RawClient(listener.port()).send(post(MOST, 1)));
    }
    assertThat(ask(900_000).status()).isEqualTo(200);
    for (RawClient client : holding) {
      client.close();
    }
  }

  private void awaitTaken(long least) throws InterruptedException {
    for (int i = 0; i < 200 && budget.taken() < least; i++) {
      Thread.sleep(20);
    }
    assertThat(budget.taken()).isGreaterThanOrEqualTo(least);
  }

  private void awaitTakenAtMost(long most) throws InterruptedException {
    for (int i = 0; i < 200 && budget.taken() > most; i++) {
      Thread.sleep(20);
    }
    assertThat(budget.taken()).isLessThanOrEqualTo(most);
  }
}

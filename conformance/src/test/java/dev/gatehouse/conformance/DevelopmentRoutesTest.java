package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.delivery.DeliveryConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inbox and reset. */
@ExtendWith(TestServer.Extension.class)
class DevelopmentRoutesTest {
  private static final String AGE = "gatehouse_outbox_age_seconds";

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void theInboxIsNotCachedAndNotTakenForAnotherType(String accepted, TestServer server) {
    TestServer.Raw inbox = server.get("/_gatehouse/inbox", "Accept", accepted);
    assertThat(inbox.status()).isEqualTo(200);
    assertThat(inbox.headers().get("Content-Type")).startsWith(accepted);
    assertThat(inbox.headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void aResetLeavesNoMessageOnItsWay() throws IOException {
    try (TestServer server = new TestServer(withoutItsMailServer())) {
      Scene scene = Scene.of(server);
      scene.signUp(Scene.newName(), Scene.PASSWORD);
      server.server().clock().advance(Duration.ofSeconds(2));
      assertThat(oldestMessage(server)).isGreaterThanOrEqualTo(2);
      assertThat(server.post("/_gatehouse/reset").status()).isEqualTo(204);
      assertThat(oldestMessage(server)).isZero();
    }
  }

  private static double oldestMessage(TestServer server) {
    return server
        .get("/_gatehouse/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(AGE + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(AGE.length())))
        .findFirst()
        .orElseThrow();
  }

  /** Sends mail to a port at which nobody listens: messages stay on their way. */
  private static ServerOptions withoutItsMailServer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    return ServerOptions.ephemeral()
        .with(
            new DeliveryConfig(
                new DeliveryConfig.Smtp(
                    "localhost",
                    port,
                    DeliveryConfig.Tls.NONE,
                    null,
                    null,
                    "gatehouse@example.com",
                    null),
                null,
                null,
                null,
                null,
                null));
  }
}

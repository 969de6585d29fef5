package dev.gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest {
  private final Logger log = (Logger) LoggerFactory.getLogger("access");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    written.start();
    log.addAppender(written);
    log.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    log.detachAppender(written);
    log.setLevel(null);
  }

  private String line(int index) throws InterruptedException {
    for (int i = 0; i < 200 && written.list.size() <= index; i++) {
      Thread.sleep(10); // a line is written after its answer
    }
    return List.copyOf(written.list).get(index).getFormattedMessage();
  }

  @Test
  void aLineIsAnObjectThatNamesOperationAndOutcome() throws Exception {
    try (EdgeServer server = new EdgeServer(CallLimits.none(), UndeclaredErrors.REPORT)) {
      server.call(
          "SignUp",
          "{\"ClientId\":\"1example23456789\",\"Username\":\"ada\",\"Password\":\"Secret-of-1\"}");
      assertThat(line(0))
          .matches(
              "\\{\"time\":\"20[^\"]*Z\",\"requestId\":\"[0-9a-f-]{36}\",\"address\":\"127.0.0.1\","
                  + "\"method\":\"POST\",\"path\":\"/\",\"status\":200,\"bytes\":[0-9]+,\"ms\":[0-9]+,"
                  + "\"operation\":\"SignUp\",\"outcome\":\"ok\"}");
      server.call("ListUserPools", "{}");
      assertThat(line(1))
          .endsWith(
              "\"operation\":\"ListUserPools\",\"outcome\":\"MissingAuthenticationTokenException\"}");
      server.send("GET", "/%22a?secret=1", "");
      assertThat(line(2))
          .contains("\"path\":\"/%22a\",\"status\":404")
          .doesNotContain("secret")
          .doesNotContain("operation");
      server.send("GET", "/" + "y".repeat(3000), "");
      assertThat(line(3)).contains("y".repeat(1000)).doesNotContain("y".repeat(1024));
    }
  }
}

package dev.gatehouse.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static String text(HttpAnswer answer) {
    return answer.status() + " " + new String(answer.body(), UTF_8);
  }

  @Test
  void isReadyWhenAllChecksHold() {
    Health health = new Health(Map.of("database", () -> {}));
    assertThat(text(health.ready()))
        .isEqualTo("200 {\"status\":\"ready\",\"checks\":{\"database\":\"ok\"}}");
  }

  @Test
  void isNotReadyWhenACheckFailsAndTellsNoCause() {
    Health health =
        new Health(
            Map.of(
                "database",
                () -> {
                  throw new IllegalStateException("password of the database");
                }));
    assertThat(text(health.ready()))
        .isEqualTo("503 {\"status\":\"not ready\",\"checks\":{\"database\":\"failed\"}}");
    assertThat(health.live().status()).isEqualTo(200);
  }

  @Test
  void isNotReadyWhileStoppingButLives() {
    Health health = new Health(Map.of());
    assertThat(health.ready().status()).isEqualTo(200);
    health.stop();
    assertThat(text(health.ready())).isEqualTo("503 {\"status\":\"stopping\"}");
    assertThat(health.live().status()).isEqualTo(200);
  }
}

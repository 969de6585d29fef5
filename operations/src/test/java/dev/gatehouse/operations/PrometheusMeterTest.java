package dev.gatehouse.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrometheusMeterTest {
  private final PrometheusMeter meter = new PrometheusMeter();

  @Test
  void namesBeginWithGatehouseOnce() {
    meter.count("requests_total", "operation", "SignUp", "outcome", "ok");
    meter.count("requests_total", "operation", "SignUp", "outcome", "ok");
    meter.count("gatehouse_hash_refused_total");
    meter.gauge("gatehouse_hash_queue_length", () -> 7);
    meter.gauge("store_writer_queue_length", () -> 3);
    assertThat(meter.text())
        .contains("gatehouse_requests_total{operation=\"SignUp\",outcome=\"ok\"} 2.0")
        .contains("gatehouse_hash_refused_total 1.0")
        .contains("gatehouse_hash_queue_length 7.0")
        .contains("gatehouse_store_writer_queue_length 3.0")
        .doesNotContain("gatehouse_gatehouse");
  }

  @Test
  void keepsTimesAndSizesInBuckets() {
    meter.time("request_seconds", Duration.ofMillis(3), "operation", "GetUser");
    meter.size("store_commit_works", 5);
    assertThat(meter.text())
        .contains("gatehouse_request_seconds_bucket{operation=\"GetUser\",le=\"0.002\"} 0")
        .contains("gatehouse_request_seconds_bucket{operation=\"GetUser\",le=\"0.004\"} 1")
        .contains("gatehouse_request_seconds_count{operation=\"GetUser\"} 1")
        .contains("gatehouse_store_commit_works_bucket{le=\"4.0\"} 0")
        .contains("gatehouse_store_commit_works_bucket{le=\"8.0\"} 1");
  }

  @Test
  void tellsOfTheMachine() {
    assertThat(meter.text()).contains("jvm_memory_used_bytes").contains("jvm_threads_current");
    assertThat(meter.text()).contains("jvm_gc");
  }

  @Test
  void aFigureThatCannotBeKeptFailsNothing() {
    meter.count("odd_total", "a", "1");
    meter.count("odd_total", "a", "1", "b", "2");
    meter.gauge("twice", () -> 1);
    meter.gauge("twice", () -> 2);
    assertThat(meter.text()).contains("gatehouse_odd_total{a=\"1\"} 1.0");
  }
}

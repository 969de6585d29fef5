package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrpTimestampTest {
  private static final Instant TIME = Instant.parse("2024-05-07T00:09:40Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tue May 7 00:09:40 UTC 2024",
        "Tue May  7 00:09:40 UTC 2024",
        "Tue May 07 00:09:40 UTC 2024",
        "Fri May 7 00:09:40 UTC 2024"
      })
  void readsWhatClientsSend(String timestamp) {
    assertThat(SrpTimestamp.parse(timestamp)).contains(TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Tue May 7 00:09:40 UTC 24",
        "Tue May 7 0:09:40 UTC 2024",
        "Tue May 7 00:09:40 GMT 2024",
        "Tue may 7 00:09:40 UTC 2024",
        "Tue Maj 7 00:09:40 UTC 2024",
        "Tue May 0 00:09:40 UTC 2024",
        "Fri Feb 30 00:09:40 UTC 2024",
        "Tue May 7 24:09:40 UTC 2024",
        "Tue May 7 00:09:60 UTC 2024",
        "Tue May   7 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 UTC 2024 ",
        "2024-05-07T00:09:40Z",
        "Tue May 7 00:09:40 UTC 99999",
        "Tue May ٧ 00:09:40 UTC 2024"
      })
  void refusesWhatNamesNoTime(String timestamp) {
    assertThat(SrpTimestamp.parse(timestamp)).isEmpty();
  }

  @Test
  void writesTheFormOfTheClients() {
    assertThat(SrpTimestamp.format(TIME)).isEqualTo("Tue May 7 00:09:40 UTC 2024");
    assertThat(SrpTimestamp.format(Instant.parse("2026-11-24T13:00:05.9Z")))
        .isEqualTo("Tue Nov 24 13:00:05 UTC 2026");
  }
}

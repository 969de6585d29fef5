package dev.gatehouse.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTextTest {
  private record Named(String name) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\u0000b",
        "\\\\\\u0000",
        "\\uD800",
        "\\ud83d\\ud83d\\ude00",
        "\\ud83dx\\ude00",
        "\\ud83d\\n",
        "\\ude00",
        "\\ude00\\ud83d"
      })
  void whatCannotBeKeptIsRefused(String text) {
    byte[] body = ("{\"name\":\"" + text + "\"}").getBytes(UTF_8);
    assertThatThrownBy(() -> Json.readRequest(body, Named.class))
        .isInstanceOf(WireTypeException.class);
    byte[] ignored = ("{\"other\":{\"" + text + "\":1}}").getBytes(UTF_8);
    assertThatThrownBy(() -> Json.readRequest(ignored, Named.class))
        .isInstanceOf(WireTypeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\\u0000",
        "\\ud83d\\uDE00",
        "\\u00e9\u00e9\ud55c\ud83d\ude00",
        "\\u0001",
        "\\\"",
        ""
      })
  void textIsTaken(String text) {
    byte[] body = ("{\"name\":\"" + text + "\"}").getBytes(UTF_8);
    assertThat(Json.readRequest(body, Named.class)).isEqualTo(Json.read(body, Named.class));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] bare = "{\"name\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1);
    assertThat(RequestText.canBeKept(bare)).isFalse();
    assertThat(RequestText.canBeKept("{\"name\":\"\\u0000\"}".getBytes(UTF_16LE))).isFalse();
  }
}

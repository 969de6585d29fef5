package dev.gatehouse.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static <T> T read(String json, Class<T> type) throws Json.UnreadableException {
    return Json.read(json.getBytes(UTF_8), type);
  }

  @Test
  void unknownMembersAreIgnoredAndNullIsAbsent() throws Exception {
    InitiateAuthRequest request =
        read(
            "{\"AuthFlow\":\"USER_SRP_AUTH\",\"ClientId\":\"c\",\"Nonsense\":1,"
                + "\"AuthParameters\":{\"USERNAME\":\"u\",\"DEVICE_KEY\":null},\"Session\":null}",
            InitiateAuthRequest.class);
    assertThat(request.authFlow()).isEqualTo(AuthFlowType.USER_SRP_AUTH);
    assertThat(request.authParameters()).isEqualTo(Map.of("USERNAME", "u"));
    assertThat(request.session()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"UserPoolId\":5}",
        "{\"UserPoolId\":true}",
        "{\"UserPoolId\":{}}",
        "{\"Limit\":\"5\"}",
        "{\"Limit\":5.5}",
        "{\"Limit\":true}",
        "{\"AttributesToGet\":\"email\"}",
        "{\"UserPoolId\":\"a\",\"UserPoolId\":\"b\"}",
        "{\"UserPoolId\":\"a\"} {}",
        "[]",
        "null",
        "",
        "{",
      })
  void wrongTypesAndBadJsonAreRefused(String json) {
    assertThatThrownBy(() -> read(json, ListUsersRequest.class))
        .isInstanceOf(Json.UnreadableException.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"X\":" + "[".repeat(40) + "]".repeat(40) + "}";
    assertThatThrownBy(() -> read(deep, ListUsersRequest.class))
        .isInstanceOf(Json.UnreadableException.class);
  }

  @Test
  void theMessageOfAWrongTypeShowsNoValue() {
    assertThatThrownBy(() ->
            read("{\"AuthParameters\":{\"PASSWORD\":[\"s3cret\"]}}", InitiateAuthRequest.class))
        .hasMessageContaining("AuthParameters")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void timesAreSecondsWithUpToThreeDecimals() {
    UserPoolType pool =
        UserPoolType.builder()
            .creationDate(Instant.ofEpochMilli(1689721665239L))
            .lastModifiedDate(Instant.ofEpochSecond(1689721660))
            .build();
    assertThat(Json.text(pool))
        .isEqualTo("{\"LastModifiedDate\":1689721660,\"CreationDate\":1689721665.239}");
    assertThat(Json.stored(Json.text(pool), UserPoolType.class)).isEqualTo(pool);
  }
}

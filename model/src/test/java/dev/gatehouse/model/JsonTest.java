package dev.gatehouse.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.CreateManagedLoginBrandingRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import dev.gatehouse.model.cognitoidp.SetUICustomizationRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SignUpResponse;
import dev.gatehouse.model.cognitoidp.UserType;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static <T> T read(String body, Class<T> type) {
    return Json.read(body.getBytes(UTF_8), type);
  }

  private static String write(Object value) {
    return new String(Json.write(value), UTF_8);
  }

  private static WireTypeException refusal(String body, Class<?> type) {
    WireTypeException refusal =
        catchThrowableOfType(WireTypeException.class, () -> read(body, type));
    assertThat(refusal).as(body).isNotNull();
    return refusal;
  }

  @Test
  void bindsMembersListsMapsAndEnums() {
    InitiateAuthRequest request =
        read(
            """
            {"AuthFlow":"USER_SRP_AUTH","ClientId":"abc",
             "AuthParameters":{"USERNAME":"u","SRP_A":"0a"}}
            """,
            InitiateAuthRequest.class);

    assertThat(request.authFlow()).isEqualTo(AuthFlowType.USER_SRP_AUTH);
    assertThat(request.authFlow().known()).contains(AuthFlowType.Known.USER_SRP_AUTH);
    assertThat(request.clientId()).isEqualTo("abc");
    assertThat(request.authParameters())
        .containsExactly(Map.entry("USERNAME", "u"), Map.entry("SRP_A", "0a"));
    assertThat(request.clientMetadata()).isNull();
  }

  @Test
  void keepsAnEnumTextThatTheModelDoesNotKnow() {
    InitiateAuthRequest request = read("{\"AuthFlow\":\"FOO\"}", InitiateAuthRequest.class);

    assertThat(request.authFlow().value()).isEqualTo("FOO");
    assertThat(request.authFlow().known()).isEmpty();
    assertThat(write(request)).isEqualTo("{\"AuthFlow\":\"FOO\"}");
  }

  @Test
  void takesNullMembersAndNullMapValuesAsAbsent() {
    InitiateAuthRequest request =
        read(
            """
            {"AuthFlow":null,"Session":null,"UserContextData":null,"ClientMetadata":null,
             "AuthParameters":{"USERNAME":"u","DEVICE_KEY":null}}
            """,
            InitiateAuthRequest.class);

    assertThat(request)
        .isEqualTo(InitiateAuthRequest.builder().authParameters(Map.of("USERNAME", "u")).build());
  }

  @Test
  void ignoresUnknownMembersAtAnyDepth() {
    SignUpRequest request =
        read(
            "{\"Nope\":{\"a\":[1,{}]},\"UserAttributes\":[{\"Name\":\"n\",\"X\":1}]}",
            SignUpRequest.class);

    assertThat(request.userAttributes()).containsExactly(AttributeType.builder().name("n").build());
  }

  @Test
  void keepsANullListElementForTheValidator() {
    SignUpRequest request = read("{\"UserAttributes\":[null]}", SignUpRequest.class);

    assertThat(request.userAttributes()).hasSize(1).containsOnlyNulls();
  }

  @Test
  void tellsAbsentFromEmpty() {
    assertThat(read("{\"UserAttributes\":[]}", SignUpRequest.class).userAttributes()).isEmpty();
    assertThat(read("{}", SignUpRequest.class).userAttributes()).isNull();
    assertThat(read("{\"Password\":\"\"}", SignUpRequest.class).password()).isEmpty();
    assertThat(read("{\"AuthFlow\":\"\"}", InitiateAuthRequest.class).authFlow().value()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ClientId':1} | clientId | NUMBER_VALUE can not be converted to a String",
        "{'ClientId':1.5} | clientId | NUMBER_VALUE can not be converted to a String",
        "{'ClientId':true} | clientId | TRUE_VALUE can not be converted to a String",
        "{'ClientId':{}} | clientId | Start of structure or map found where not expected.",
        "{'ClientId':['x']} | clientId | Start of list found where not expected.",
        "{'AuthFlow':7} | authFlow | NUMBER_VALUE can not be converted to a String",
        "{'AuthFlow':{}} | authFlow | Start of structure or map found where not expected.",
        "{'AuthFlow':false} | authFlow | FALSE_VALUE can not be converted to a String",
        "{'AuthParameters':'x'} | authParameters | Unexpected field type",
        "{'AuthParameters':''} | authParameters | Unexpected field type",
        "{'AuthParameters':[]} | authParameters | Start of list found where not expected.",
        "{'AuthParameters':{'SECRET':1}} | authParameters.value"
            + " | NUMBER_VALUE can not be converted to a String",
        "{'UserContextData':''} | userContextData | Unexpected field type",
        "{'UserContextData':3} | userContextData | Unexpected field type",
        "{'UserContextData':[]} | userContextData | Start of list found where not expected.",
        "{'UserContextData':{'IpAddress':1}} | userContextData.ipAddress"
            + " | NUMBER_VALUE can not be converted to a String",
      })
  void refusesWrongTypes(String body, String path, String text) {
    WireTypeException refusal = refusal(body.replace('\'', '"'), InitiateAuthRequest.class);

    assertThat(refusal.getMessage()).isEqualTo(text);
    assertThat(refusal.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"60\"", "60.0", "6e1", "1.5", "true", "\"\"", "2147483648", "1e999"})
  void refusesWhatIsNoIntegerAsInteger(String limit) {
    WireTypeException refusal = refusal("{\"Limit\":" + limit + "}", ListUsersRequest.class);

    assertThat(refusal.getMessage()).endsWith("_VALUE can not be converted to an Integer");
    assertThat(refusal.path()).isEqualTo("limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "0", "\"\""})
  void refusesWhatIsNoBooleanAsBoolean(String force) {
    WireTypeException refusal =
        refusal("{\"ForceAliasCreation\":" + force + "}", AdminCreateUserRequest.class);

    assertThat(refusal.getMessage()).endsWith("_VALUE can not be converted to a Boolean");
    assertThat(refusal.path()).isEqualTo("forceAliasCreation");
  }

  @Test
  void namesThePathThroughAList() {
    WireTypeException refusal =
        refusal("{\"UserAttributes\":[{},{\"Value\":5}]}", SignUpRequest.class);

    assertThat(refusal.path()).isEqualTo("userAttributes.2.member.value");
    assertThat(refusal("{\"UserAttributes\":[\"x\"]}", SignUpRequest.class).path())
        .isEqualTo("userAttributes.1.member");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"ClientId\":\"a\"",
        "{\"ClientId\":\"a\"}}",
        "{\"ClientId\":\"a\"} {}",
        "{'ClientId':'a'}",
        "{\"ClientId\":\"a\",\"ClientId\":\"b\"}",
        "{\"Unknown\":{\"x\":1,\"x\":2}}",
        "{\"AuthParameters\":{\"USERNAME\":\"a\",\"USERNAME\":\"b\"}}",
        "{\"ClientId\":NaN}",
        "{\"ClientId\":\"a\nb\"}",
        "null",
        "[]",
        "\"text\"",
        "12",
        "true",
        "\u0000",
      })
  void refusesABodyThatIsNotOneJsonObject(String body) {
    WireTypeException refusal = refusal(body, InitiateAuthRequest.class);

    assertThat(refusal.path()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void refusesWhatIsNotUtf8(String charset) {
    byte[] body = "{\"ClientId\":\"a\"}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> Json.readRequest(body, InitiateAuthRequest.class))
        .isInstanceOf(WireTypeException.class);
  }

  @Test
  void refusesNestingDeeperThan32() {
    assertThat(read(nested(31), InitiateAuthRequest.class)).isNotNull();
    assertThat(refusal(nested(32), InitiateAuthRequest.class).path()).isEmpty();
    assertThat(refusal(nested(100_000), InitiateAuthRequest.class).getMessage())
        .isEqualTo("The request body is nested too deep or too large");
  }

  private static String nested(int lists) {
    return "{\"Unknown\":" + "[".repeat(lists) + "]".repeat(lists) + "}";
  }

  @Test
  void neverRepeatsAValue() {
    String secret = "S3cret!";
    for (String body :
        new String[] {
          "{\"Password\":{\"" + secret + "\":\"" + secret + "\"}}",
          "{\"UserAttributes\":\"" + secret + "\"}",
          "{\"ClientMetadata\":{\"" + secret + "\":[\"" + secret + "\"]}}",
          "{\"Password\":\"" + secret,
          "{\"" + secret + "\":1,\"" + secret + "\":1}",
          secret,
        }) {
      WireTypeException refusal = refusal(body, SignUpRequest.class);
      assertThat(refusal.toString() + refusal.path()).doesNotContain(secret);
      assertThat(refusal.getCause()).isNull();
    }
  }

  @Test
  void writesTimestampsAsEpochSecondsWithUpToThreeDecimals() {
    assertThat(created("2023-07-18T23:07:45.239Z"))
        .isEqualTo("{\"UserCreateDate\":1689721665.239}");
    assertThat(created("2023-07-18T23:07:45.2Z")).isEqualTo("{\"UserCreateDate\":1689721665.2}");
    assertThat(created("2023-07-18T23:07:45Z")).isEqualTo("{\"UserCreateDate\":1689721665}");
    assertThat(created("2023-07-18T23:07:45.239999Z"))
        .isEqualTo("{\"UserCreateDate\":1689721665.239}");
    assertThat(created("1970-01-01T00:00:00.001Z")).isEqualTo("{\"UserCreateDate\":0.001}");
    assertThat(created("2096-10-02T07:06:40Z")).isEqualTo("{\"UserCreateDate\":4000000000}");
  }

  private static String created(String instant) {
    return write(UserType.builder().userCreateDate(Instant.parse(instant)).build());
  }

  @Test
  void readsTimestampsFromNumbersOnly() {
    UserType user = read("{\"UserCreateDate\":1689721665.239}", UserType.class);

    assertThat(user.userCreateDate()).isEqualTo(Instant.parse("2023-07-18T23:07:45.239Z"));
    for (String wrong : new String[] {"\"2023-07-18T23:07:45Z\"", "1e999999999", "true", "{}"}) {
      assertThat(refusal("{\"UserCreateDate\":" + wrong + "}", UserType.class).path())
          .isEqualTo("userCreateDate");
    }
  }

  @Test
  void carriesBlobsAsBase64() {
    SetUICustomizationRequest request =
        read("{\"ImageFile\":\"AQID\"}", SetUICustomizationRequest.class);

    assertThat(request.imageFile()).isEqualTo(Blob.of(new byte[] {1, 2, 3}));
    assertThat(write(request)).isEqualTo("{\"ImageFile\":\"AQID\"}");
    assertThat(refusal("{\"ImageFile\":\"?\"}", SetUICustomizationRequest.class).getMessage())
        .isEqualTo("STRING_VALUE can not be converted to a Blob");
    assertThat(refusal("{\"ImageFile\":[1]}", SetUICustomizationRequest.class).path())
        .isEqualTo("imageFile");
  }

  @Test
  void carriesDocumentsInPlace() {
    String body = "{\"Settings\":{\"a\":[1,null,{\"b\":1.50}]}}";
    CreateManagedLoginBrandingRequest request = read(body, CreateManagedLoginBrandingRequest.class);

    assertThat(write(request)).isEqualTo("{\"Settings\":{\"a\":[1,null,{\"b\":1.5}]}}");
    assertThat(read("{\"Settings\":null}", CreateManagedLoginBrandingRequest.class).settings())
        .isNull();
    refusal("{\"Settings\":{\"a\":1,\"a\":2}}", CreateManagedLoginBrandingRequest.class);
  }

  @Test
  void leavesAbsentMembersOutInTheModelsOrder() {
    assertThat(write(SignUpResponse.builder().build())).isEqualTo("{}");
    assertThat(write(SignUpResponse.builder().userSub("s").userConfirmed(false).build()))
        .isEqualTo("{\"UserConfirmed\":false,\"UserSub\":\"s\"}");
  }
}

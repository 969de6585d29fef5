package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.DeviceSecretVerifierConfigType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UserContextDataType;
import dev.gatehouse.model.sts.Credentials;
import dev.gatehouse.model.sts.StsOperations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordsTest {
  private static Stream<OperationModel<?, ?>> operations() {
    return Stream.concat(CognitoIdpOperations.all().stream(), StsOperations.all().stream());
  }

  private static List<Class<?>> types() {
    List<Class<?>> types = new ArrayList<>();
    operations()
        .forEach(operation -> {
          types.add(operation.input());
          types.add(operation.output());
        });
    return types;
  }

  @Test
  void surviveTheWayThroughJson() throws ReflectiveOperationException {
    for (Class<?> type : types()) {
      for (double present : new double[] {0, 0.3, 0.7, 1}) {
        Object record = new RandomRecords(type.hashCode(), present).record(type);
        byte[] json = Json.write(record);
        Object read = Json.read(json, type);
        assertThat(read).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(record);
      }
    }
  }

  @Test
  void canBeValidatedWhateverIsAbsent() throws ReflectiveOperationException {
    for (OperationModel<?, ?> operation : operations().toList()) {
      validate(operation);
    }
  }

  private static <I> void validate(OperationModel<I, ?> operation)
      throws ReflectiveOperationException {
    for (double present : new double[] {0, 0.5, 1}) {
      Object record =
          new RandomRecords(operation.name().hashCode(), present).record(operation.input());
      assertThat(operation.validator().validate(operation.input().cast(record))).isNotNull();
    }
  }

  /** Every text whose shape, or whose holder's shape, the Smithy file marks as sensitive. */
  @Test
  void neverShowASensitiveValueInToString() throws Exception {
    int checked = 0;
    for (String service : List.of("cognito-idp", "sts")) {
      Sensitive sensitive = new Sensitive(service);
      for (OperationModel<?, ?> operation :
          operations().filter(each -> each.service().equals(service)).toList()) {
        for (Class<?> type : List.of(operation.input(), operation.output())) {
          Object record = new RandomRecords(type.hashCode(), 1).record(type);
          Set<String> secrets = sensitive.texts(type.getSimpleName(), record);
          checked += secrets.size();
          String shown = record.toString();
          assertThat(secrets).as(shown).noneMatch(shown::contains);
        }
      }
    }
    assertThat(checked).isGreaterThan(200);
  }

  @Test
  void hideNestedSecrets() {
    AdminCreateUserRequest request =
        AdminCreateUserRequest.builder()
            .userPoolId("eu-west-1_a")
            .username("alice")
            .temporaryPassword("S3cret!")
            .userAttributes(List.of(AttributeType.builder().name("email").value("a@b").build()))
            .build();
    assertThat(request)
        .asString()
        .contains(
            "userPoolId=eu-west-1_a",
            "username=***",
            "name=email, value=***",
            "clientMetadata=null")
        .doesNotContain("alice", "S3cret!", "a@b");
    assertThat(
            InitiateAuthResponse.builder()
                .session("sealed")
                .challengeParameters(Map.of("SECRET_BLOCK", "block"))
                .authenticationResult(
                    AuthenticationResultType.builder()
                        .accessToken("tok")
                        .refreshToken("ref")
                        .expiresIn(3600)
                        .build())
                .build())
        .asString()
        .contains("expiresIn=3600")
        .doesNotContain("sealed", "SECRET_BLOCK", "tok,", "ref,");
    assertThat(
            InitiateAuthRequest.builder()
                .authParameters(Map.of("PASSWORD", "p4ss"))
                .userContextData(UserContextDataType.builder().ipAddress("192.0.2.1").build())
                .build())
        .asString()
        .contains("authParameters=***", "UserContextDataType[***]")
        .doesNotContain("p4ss", "192.0.2.1", "PASSWORD");
    assertThat(SignUpRequest.builder().build()).asString().contains("password=null");
  }

  @Test
  void hideSecretsThatTheModelForgot() {
    assertThat(Credentials.builder().sessionToken("tok").secretAccessKey("key").build())
        .asString()
        .doesNotContain("tok,", "key,");
    assertThat(DeviceSecretVerifierConfigType.builder().salt("s").passwordVerifier("v").build())
        .hasToString("DeviceSecretVerifierConfigType[***]");
  }

  @Test
  void holdCopiesThatCannotBeChanged() {
    List<AttributeType> attributes = new ArrayList<>();
    Map<String, String> metadata = new HashMap<>();
    SignUpRequest request =
        SignUpRequest.builder().userAttributes(attributes).clientMetadata(metadata).build();
    attributes.add(AttributeType.builder().build());
    metadata.put("a", "b");

    assertThat(request.userAttributes()).isEmpty();
    assertThat(request.clientMetadata()).isEmpty();
    Assertions.assertThatThrownBy(
            () -> Objects.requireNonNull(request.clientMetadata()).put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** Walks a record's JSON beside the Smithy file, independently of the generator. */
  private static final class Sensitive {
    private final Map<String, JsonNode> shapes = new HashMap<>();

    Sensitive(String service) {
      JsonNode file =
          JsonMapper.shared().readTree(Path.of("src/main/smithy/" + service + ".json").toFile());
      file.get("shapes")
          .properties()
          .forEach(entry -> shapes.put(name(entry.getKey()), entry.getValue()));
    }

    private static String name(String id) {
      return id.substring(id.indexOf('#') + 1);
    }

    Set<String> texts(String shape, Object record) {
      Set<String> found = new HashSet<>();
      if (shapes.containsKey(shape)) {
        walk(shape, JsonMapper.shared().readTree(Json.write(record)), false, found);
      }
      return found;
    }

    private void walk(String name, JsonNode value, boolean inherited, Set<String> found) {
      JsonNode shape = shapes.get(name);
      if (shape == null) {
        return;
      }
      boolean secret = inherited || shape.path("traits").has("smithy.api#sensitive");
      switch (shape.get("type").asString()) {
        case "structure" ->
            value
                .properties()
                .forEach(entry ->
                    walk(
                        target(shape.get("members").get(entry.getKey())),
                        entry.getValue(),
                        secret,
                        found));
        case "list" ->
            value.forEach(each -> walk(target(shape.get("member")), each, secret, found));
        case "map" ->
            value
                .properties()
                .forEach(
                    entry -> walk(target(shape.get("value")), entry.getValue(), secret, found));
        default -> {
          if (secret && value.isString()) {
            found.add(value.asString());
          }
        }
      }
    }

    private static String target(JsonNode member) {
      return name(member.get("target").asString());
    }
  }
}

package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.TagResourceRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Constraints on lists and maps and on their elements. */
class CollectionValidationTest {
  private static final String CLIENT = "0123456789abcdefghijklmnop";

  private static <I> String message(OperationModel<I, ?> operation, I request) {
    List<Violation> violations = operation.validator().validate(request);
    return violations.isEmpty() ? "" : Violations.message(violations);
  }

  private static SignUpRequest.Builder signUp() {
    return SignUpRequest.builder().clientId(CLIENT).username("u").password("secret");
  }

  private static String message(SignUpRequest.Builder request) {
    return message(CognitoIdpOperations.SIGN_UP, request.build());
  }

  @Test
  void writesPathsThroughListsOfStructures() {
    String message =
        message(
            signUp()
                .userAttributes(
                    List.of(
                        AttributeType.builder().name("email").value("x".repeat(2049)).build(),
                        AttributeType.builder().name("n".repeat(33)).build(),
                        AttributeType.builder().value("v").build())));

    assertThat(message)
        .isEqualTo(
            "3 validation errors detected: "
                + "Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must"
                + " have length less than or equal to 2048; "
                + "Value '"
                + "n".repeat(33)
                + "' at 'userAttributes.2.member.name' failed to satisfy constraint: Member must have"
                + " length less than or equal to 32; "
                + "Value null at 'userAttributes.3.member.name' failed to satisfy constraint: Member"
                + " must not be null");
  }

  @Test
  void refusesNullElements() {
    assertThat(message(signUp().userAttributes(Collections.singletonList(null))))
        .isEqualTo(
            "1 validation error detected: Value null at 'userAttributes.1.member' failed to satisfy"
                + " constraint: Member must not be null");
    assertThat(
            message(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId("eu-west-1_a")
                    .clientName("c")
                    .readAttributes(Collections.singletonList(null))
                    .build()))
        .contains("Value '[null]' at 'readAttributes'", "[Member must not be null]");
  }

  @Test
  void reportsElementsOfAListOfTextsTogether() {
    String message =
        message(
            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
            CreateUserPoolClientRequest.builder()
                .userPoolId("eu-west-1_a")
                .clientName("c")
                .explicitAuthFlows(
                    List.of(ExplicitAuthFlowsType.ALLOW_USER_AUTH, ExplicitAuthFlowsType.of("X")))
                .build());

    assertThat(message)
        .startsWith(
            "1 validation error detected: Value '[ALLOW_USER_AUTH, X]' at 'explicitAuthFlows' failed"
                + " to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum"
                + " value set: [");
  }

  @Test
  void reportsKeysAndValuesOfAMapApart() {
    String message =
        message(
            CognitoIdpOperations.TAG_RESOURCE,
            TagResourceRequest.builder()
                .resourceArn("arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_a")
                .tags(Map.of("", "v".repeat(257)))
                .build());

    assertThat(message)
        .startsWith("2 validation errors detected: Value '{=vvv")
        .contains(
            "' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must"
                + " have length less than or equal to 128, Member must have length greater than or"
                + " equal to 1]; Value '{=v",
            "Map value must satisfy constraint: [Member must have length less than or equal to 256]");
  }

  @Test
  void neverShowsASensitiveMap() {
    String message =
        message(
            CognitoIdpOperations.INITIATE_AUTH,
            InitiateAuthRequest.builder()
                .authFlow(AuthFlowType.USER_SRP_AUTH)
                .clientId(CLIENT)
                .authParameters(Map.of("PASSWORD", "x".repeat(131_073)))
                .build());

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'authParameters' failed to satisfy constraint:"
                + " Map value must satisfy constraint: [Member must have length less than or equal to"
                + " 131072]");
  }

  @Test
  void doesNotLookIntoAListThatIsTooLong() {
    List<SchemaAttributeType> schema =
        Collections.nCopies(51, SchemaAttributeType.builder().name("n".repeat(99)).build());
    String message =
        message(
            CognitoIdpOperations.CREATE_USER_POOL,
            CreateUserPoolRequest.builder().poolName("p").schema(schema).build());

    assertThat(message)
        .startsWith("1 validation error detected: Value '[SchemaAttributeType[")
        .endsWith(
            "at 'schema' failed to satisfy constraint: Member must have length less than or equal to"
                + " 50");
  }

  @Test
  void namesAtMostAHundredViolations() {
    List<AttributeType> attributes = new ArrayList<>(Collections.nCopies(200_000, null));
    List<Violation> violations =
        CognitoIdpOperations.SIGN_UP
            .validator()
            .validate(signUp().userAttributes(attributes).build());

    assertThat(violations).hasSize(Checks.MOST);
  }
}

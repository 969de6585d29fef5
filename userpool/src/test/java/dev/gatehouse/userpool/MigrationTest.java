package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.testkit.UsedSecrets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Users who come over from another directory when they are first seen. */
@NullUnmarked
class MigrationTest {
  // breaks the pool's policy, which does not count here
  private static final String PASSWORD = "legacy";
  private static final String INCORRECT = "NotAuthorizedException: Incorrect username or password.";
  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void pool(CreateUserPoolRequest.Builder request, PreventUserExistenceErrorTypes errors) {
    UsedSecrets.ofThisRun().add(PASSWORD);
    pool =
        fixture.pool(
            request.lambdaConfig(
                LambdaConfigType.builder()
                    .userMigration(fixture.functions.passive("f"))
                    .preSignUp(fixture.functions.passive("f"))
                    .preAuthentication(fixture.functions.passive("f"))
                    .build()));
    client =
        fixture
            .call(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientName("c")
                    .preventUserExistenceErrors(errors)
                    .explicitAuthFlows(
                        List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                    .build())
            .userPoolClient()
            .clientId();
  }

  private void answers(Consumer<ObjectNode> fill) {
    fixture.functions.doing(
        "f",
        event -> {
          if (event.get("triggerSource").stringValue().startsWith("UserMigration_")) {
            fill.accept((ObjectNode) event.get("response"));
          }
          return new dev.gatehouse.triggers.Functions.Answer.Replied(
              ScriptedLambda.JSON.writeValueAsBytes(event));
        });
  }

  private static Consumer<ObjectNode> user(String... attributes) {
    return response -> {
      ObjectNode object = response.putObject("userAttributes");
      for (int i = 0; i < attributes.length; i += 2) {
        object.put(attributes[i], attributes[i + 1]);
      }
      response.put("finalUserStatus", "CONFIRMED").put("messageAction", "SUPPRESS");
    };
  }

  private AdminInitiateAuthRequest signIn(String name, String password) {
    return UsersFixture.signIn(pool, client, name, password).toBuilder()
        .clientMetadata(Map.of("k", "v"))
        .build();
  }

  @Test
  void aSignInBringsTheUserOverOnce() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(user("email", "jane@example.com", "email_verified", "true"));
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("Jane", PASSWORD));
    ObjectNode event = fixture.functions.events.getFirst();
    assertThat(event.get("userName").stringValue()).isEqualTo("Jane");
    assertThat(event.get("request").toString())
        .isEqualTo(
            "{\"password\":\"legacy\",\"validationData\":{\"k\":\"v\"},\"userAttributes\":null}");
    assertThat(event.get("response").toString())
        .isEqualTo(
            "{\"userAttributes\":null,\"forceAliasCreation\":null,\"enableSMSMFA\":null,\"finalUserStatus\":null,\"messageAction\":null,\"desiredDeliveryMediums\":null}");
    assertThat(fixture.functions.sources())
        .containsExactly("UserMigration_Authentication", "PreAuthentication_Authentication");
    assertThat(fixture.sent.letters).isEmpty();
    assertThat(UsersFixture.map(fixture.user(pool, "Jane").userAttributes()))
        .containsEntry("email", "jane@example.com")
        .containsEntry("email_verified", "true");
    assertThat(fixture.status(pool, "Jane")).isEqualTo("CONFIRMED");
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("Jane", PASSWORD));
    assertThat(fixture.functions.sources()).containsExactly("PreAuthentication_Authentication");
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("Jane", "other")))
        .isEqualTo(INCORRECT);
  }

  @Test
  void aUserWithoutFinalStatusHasToResetThePassword() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(response ->
        response
            .put("messageAction", "SUPPRESS")
            .putObject("userAttributes")
            .put("email", "j@example.com"));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .isEqualTo("PasswordResetRequiredException: Password reset required for the user");
    assertThat(fixture.status(pool, "jane")).isEqualTo("RESET_REQUIRED");
  }

  @ParameterizedTest
  @CsvSource({"ENABLED", "LEGACY"})
  void whoIsUnknownThereTooIsUnknown(String errors) {
    pool(CreateUserPoolRequest.builder(), new PreventUserExistenceErrorTypes(errors));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .isEqualTo(
            errors.equals("ENABLED")
                ? INCORRECT
                : "UserNotFoundException: Exception migrating user in app client " + client);
  }

  @Test
  void anErrorOfTheFunctionIsToldAndCounted() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    fixture.functions.raising("f", "Bad password");
    for (int i = 0; i < 5; i++) {
      assertThat(
              fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
          .isEqualTo(
              "UserLambdaValidationException: UserMigration failed with error Bad password.");
    }
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .isEqualTo("NotAuthorizedException: Password attempts exceeded");
  }

  @Test
  void theUsernameOfAnAliasPoolMayBeGiven() {
    pool(
        CreateUserPoolRequest.builder().aliasAttributes(List.of(AliasAttributeType.EMAIL)),
        PreventUserExistenceErrorTypes.ENABLED);
    answers(user("username", "jane", "email", "jane@example.com", "email_verified", "true"));
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane@example.com", PASSWORD));
    assertThat(fixture.user(pool, "jane@example.com").username()).isEqualTo("jane");
  }

  @Test
  void theTypedAddressBecomesTheUsernameOfAPoolWithAddresses() {
    pool(
        CreateUserPoolRequest.builder().usernameAttributes(List.of(UsernameAttributeType.EMAIL)),
        PreventUserExistenceErrorTypes.ENABLED);
    answers(user("name", "Jane"));
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane@example.com", PASSWORD));
    assertThat(UsersFixture.map(fixture.user(pool, "jane@example.com").userAttributes()))
        .containsEntry("email", "jane@example.com")
        .containsEntry("email_verified", "false");
  }

  @Test
  void aUserThatTheSchemaRefusesIsNotThere() {
    pool(
        CreateUserPoolRequest.builder()
            .schema(
                List.of(SchemaAttributeType.builder().name("family_name").required(true).build())),
        PreventUserExistenceErrorTypes.ENABLED);
    answers(user("email", "jane@example.com"));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .isEqualTo(INCORRECT);
    answers(user("family_name", "J", "custom:unknown", "x"));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .isEqualTo(INCORRECT);
  }

  @ParameterizedTest
  @CsvSource({"finalUserStatus,UNCONFIRMED", "messageAction,NO", "desiredDeliveryMediums,EMAIL"})
  void anAnswerThatIsNoneOfTheKnownIsInvalid(String member, String value) {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(response -> response.put(member, value).putObject("userAttributes").put("name", "J"));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)))
        .startsWith("InvalidLambdaResponseException: ");
  }

  @Test
  void usersAreWelcomedWithoutTheirPasswordUnlessThatIsSuppressed() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(response -> {
      response.put("finalUserStatus", "CONFIRMED");
      response.putArray("desiredDeliveryMediums").add("EMAIL").add("SMS");
      response.putObject("userAttributes").put("email", "jane@example.com");
    });
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD));
    assertThat(fixture.sent.letters).hasSize(1);
    assertThat(fixture.sent.last().body()).isEqualTo("Your username is jane.");
  }

  @Test
  void forgettingThePasswordBringsTheUserOverToo() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(user("email", "jane@example.com", "email_verified", "true"));
    ForgotPasswordRequest forgot =
        ForgotPasswordRequest.builder()
            .clientId(client)
            .username("jane")
            .clientMetadata(Map.of("k", "v"))
            .build();
    fixture.call(CognitoIdpOperations.FORGOT_PASSWORD, forgot);
    assertThat(fixture.functions.last().get("request").toString())
        .isEqualTo(
            "{\"validationData\":null,\"clientMetadata\":{\"k\":\"v\"},\"userAttributes\":null}");
    assertThat(fixture.functions.sources()).containsExactly("UserMigration_ForgotPassword");
    UsedSecrets.ofThisRun().add("N3w-password!");
    fixture.call(
        CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD,
        ConfirmForgotPasswordRequest.builder()
            .clientId(client)
            .username("jane")
            .confirmationCode(fixture.sent.last().code().text())
            .password("N3w-password!")
            .build());
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", "N3w-password!"));
  }

  @Test
  void whoCouldNotBeReachedIsNotBroughtOver() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.LEGACY);
    answers(user("email", "jane@example.com"));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.FORGOT_PASSWORD,
                ForgotPasswordRequest.builder().clientId(client).username("jane").build()))
        .startsWith("UserNotFoundException: Exception migrating user in app client");
  }

  @Test
  void twoSignInsAtOnceBringTheUserOverOnce() {
    pool(CreateUserPoolRequest.builder(), PreventUserExistenceErrorTypes.ENABLED);
    answers(user("email", "jane@example.com"));
    fixture.whileHashing(
        () -> fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD)));
    fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("jane", PASSWORD));
    assertThat(fixture.status(pool, "jane")).isEqualTo("CONFIRMED");
  }
}

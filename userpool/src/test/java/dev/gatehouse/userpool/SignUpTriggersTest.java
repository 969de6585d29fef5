package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SignUpResponse;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.triggers.Functions.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PreSignUp and PostConfirmation: what they are told, what they may say. */
@NullUnmarked
class SignUpTriggersTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void pool(LambdaConfigType.Builder lambda, CreateUserPoolRequest.Builder request) {
    pool =
        fixture.pool(
            request
                .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
                .lambdaConfig(lambda.build()));
    client = fixture.client(pool);
  }

  private SignUpRequest signUp(String name, String... attributes) {
    return SignUpRequest.builder()
        .clientId(client)
        .username(name)
        .password(PASSWORD)
        .userAttributes(UsersFixture.attributes(attributes))
        .build();
  }

  @Test
  void theEventOfPreSignUpIsExactlyThis() {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.passive("f")),
        CreateUserPoolRequest.builder());
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        signUp("ada", "email", "ada@example.com").toBuilder()
            .clientMetadata(Map.of("k", "v"))
            .build());
    assertThat(fixture.functions.last().toString())
        .isEqualTo(
            """
            {"version":"1","region":"eu-central-1","userPoolId":"%s","userName":"ada",\
            "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"%s"},\
            "triggerSource":"PreSignUp_SignUp",\
            "request":{"userAttributes":{"email":"ada@example.com"},"validationData":null,\
            "clientMetadata":{"k":"v"}},\
            "response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}\
            """
                .formatted(pool, client));
    assertThat(fixture.functions.patience).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void validationDataArrivesAndTheUsernameIsTheOneThatWillBe() {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.passive("f")),
        CreateUserPoolRequest.builder().usernameAttributes(List.of(UsernameAttributeType.EMAIL)));
    SignUpResponse answer =
        fixture.call(
            CognitoIdpOperations.SIGN_UP,
            signUp("ada@example.com").toBuilder()
                .validationData(UsersFixture.attributes("captcha", "7"))
                .build());
    assertThat(fixture.functions.last().get("userName").stringValue()).isEqualTo(answer.userSub());
    assertThat(fixture.functions.last().at("/request/validationData").toString())
        .isEqualTo("{\"captcha\":\"7\"}");
    assertThat(fixture.functions.last().at("/request/userAttributes").toString())
        .isEqualTo("{\"email\":\"ada@example.com\"}");
    assertThat(fixture.functions.last().at("/request").has("clientMetadata")).isFalse();
  }

  @Test
  void aRefusalLeavesNothing() {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.raising("f", "Not allowed")),
        CreateUserPoolRequest.builder());
    assertThat(
            fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "a@example.com")))
        .isEqualTo("UserLambdaValidationException: PreSignUp failed with error Not allowed.");
    assertThat(fixture.sent.letters).isEmpty();
    fixture.functions.passive("f");
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "a@example.com"));
  }

  @Test
  void aMessageOfAFunctionFillsNoPlaceOfOurs() {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.raising("f", "{0} {1}")),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo("UserLambdaValidationException: PreSignUp failed with error {0} {1}.");
  }

  @Test
  void autoConfirmedUsersGetNoCodeAndPostConfirmationRunsFirst() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(
                fixture.functions.answering(
                    "pre",
                    response -> response.put("autoConfirmUser", true).put("autoVerifyEmail", true)))
            .postConfirmation(fixture.functions.passive("post")),
        CreateUserPoolRequest.builder());
    SignUpResponse answer =
        fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    assertThat(answer.userConfirmed()).isTrue();
    assertThat(answer.codeDeliveryDetails()).isNull();
    assertThat(fixture.sent.letters).isEmpty();
    assertThat(fixture.functions.last().at("/request/userAttributes").toString())
        .contains("\"sub\":\"" + answer.userSub())
        .contains("\"cognito:user_status\":\"CONFIRMED\"")
        .contains("\"email_verified\":\"true\"");
    assertThat(fixture.functions.sources())
        .containsExactly("PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp");
    assertThat(fixture.status(pool, "ada")).isEqualTo("CONFIRMED");
  }

  @Test
  void postConfirmationThatFailsDoesNotUndoTheAccount() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(
                fixture.functions.answering(
                    "pre", response -> response.put("autoConfirmUser", true)))
            .postConfirmation(fixture.functions.raising("post", "no")),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo("UserLambdaValidationException: PostConfirmation failed with error no.");
    assertThat(fixture.status(pool, "ada")).isEqualTo("CONFIRMED");
  }

  @Test
  void verifyingWithoutConfirmingStillSendsTheCode() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(
                fixture.functions.answering(
                    "pre", response -> response.put("autoVerifyEmail", true))),
        CreateUserPoolRequest.builder());
    SignUpResponse answer =
        fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    assertThat(answer.userConfirmed()).isFalse();
    assertThat(fixture.sent.letters).hasSize(1);
    assertThat(UsersFixture.map(fixture.user(pool, "ada").userAttributes()))
        .containsEntry("email_verified", "true");
  }

  @Test
  void anAddressThatIsNotThereCannotBeVerified() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(
                fixture.functions.answering(
                    "pre", response -> response.put("autoVerifyPhone", true))),
        CreateUserPoolRequest.builder());
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com")))
        .startsWith("InvalidLambdaResponseException: ");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_GET_USER,
                dev.gatehouse.model.cognitoidp.AdminGetUserRequest.builder()
                    .userPoolId(pool)
                    .username("ada")
                    .build()))
        .startsWith("UserNotFoundException");
  }

  @Test
  void aVerifiedAliasLeavesItsFormerOwner() {
    pool(
        LambdaConfigType.builder(),
        CreateUserPoolRequest.builder().aliasAttributes(List.of(AliasAttributeType.EMAIL)));
    fixture.confirmed(
        pool,
        "ada",
        PASSWORD,
        UsersFixture.attributes("email", "x@example.com", "email_verified", "true"));
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL,
        dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .lambdaConfig(
                LambdaConfigType.builder()
                    .preSignUp(
                        fixture.functions.answering(
                            "pre",
                            response ->
                                response.put("autoConfirmUser", true).put("autoVerifyEmail", true)))
                    .build())
            .build());
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("eve", "email", "x@example.com"));
    assertThat(UsersFixture.map(fixture.user(pool, "ada").userAttributes()))
        .containsEntry("email_verified", "false");
    assertThat(fixture.user(pool, "x@example.com").username()).isEqualTo("eve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "null", "[]", "7", "no JSON", "", "{\"response\":{}} more"})
  void whatIsNoObjectIsUnrecognizable(String output) {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.saying("f", output)),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo("InvalidLambdaResponseException: Unrecognizable lambda output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"response\":[]}",
        "{\"response\":\"x\"}",
        "{\"response\":{\"autoConfirmUser\":\"true\"}}",
        "{\"response\":{\"autoVerifyPhone\":1}}"
      })
  void aMemberOfAnotherTypeIsInvalid(String output) {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.saying("f", output)),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo("InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"response\":null}",
        "{\"response\":{}}",
        "{\"response\":{\"autoConfirmUser\":null,\"more\":[1]},\"more\":1}"
      })
  void whatIsMissingHasItsDefault(String output) {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.saying("f", output)),
        CreateUserPoolRequest.builder());
    assertThat(fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada")).userConfirmed()).isFalse();
  }

  @Test
  void aFunctionThatCannotBeCalledIsUnexpected() {
    pool(
        LambdaConfigType.builder()
            .preSignUp("arn:aws:lambda:eu-central-1:000000000000:function:gone"),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo(
            "UnexpectedLambdaException: PreSignUp invocation failed due to error ResourceNotFoundException.");
  }

  @Test
  void onlyCallsThatAreTooLateAreRepeatedAndThreeTimesInAll() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(fixture.functions.doing("f", event -> new Answer.TimedOut())),
        CreateUserPoolRequest.builder());
    assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("ada")))
        .isEqualTo(
            "UnexpectedLambdaException: PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.");
    assertThat(fixture.functions.sources()).hasSize(3);
    int[] calls = {0};
    fixture.functions.doing(
        "f",
        event ->
            ++calls[0] < 3
                ? new Answer.TimedOut()
                : new Answer.Replied("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada"));
    fixture.functions.sources();
    fixture.functions.doing("f", event -> new Answer.Refused("ServiceException"));
    fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("bob"));
    fixture.functions.raising("f", "no");
    fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("bob"));
    assertThat(fixture.functions.sources()).hasSize(2);
  }

  @Test
  void adminCreateUserRunsPreSignUpWhoseFlagsDoNotCount() {
    pool(
        LambdaConfigType.builder()
            .preSignUp(
                fixture.functions.answering(
                    "pre",
                    response -> response.put("autoConfirmUser", true).put("autoVerifyEmail", true)))
            .postConfirmation(fixture.functions.passive("post"))
            .customMessage(fixture.functions.passive("message")),
        CreateUserPoolRequest.builder());
    AdminCreateUserRequest.Builder request =
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username("ada")
            .userAttributes(UsersFixture.attributes("email", "ada@example.com"))
            .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL))
            .clientMetadata(Map.of("k", "v"));
    fixture.call(CognitoIdpOperations.ADMIN_CREATE_USER, request.build());
    assertThat(fixture.functions.events.getFirst().toString())
        .contains("\"clientId\":\"CLIENT_ID_NOT_APPLICABLE\"")
        .contains("\"userAttributes\":{\"email\":\"ada@example.com\"}")
        .contains("\"clientMetadata\":{\"k\":\"v\"}");
    assertThat(fixture.functions.last().toString())
        .contains("\"codeParameter\":\"{####}\",\"usernameParameter\":\"{username}\"")
        .contains("\"clientMetadata\":{\"k\":\"v\"}");
    assertThat(fixture.functions.sources())
        .containsExactly("PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser");
    assertThat(fixture.status(pool, "ada")).isEqualTo("FORCE_CHANGE_PASSWORD");
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        request.messageAction(MessageActionType.RESEND).build());
    assertThat(fixture.functions.sources()).containsExactly("CustomMessage_AdminCreateUser");
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        request.username("bob").messageAction(MessageActionType.SUPPRESS).build());
    assertThat(fixture.functions.sources()).containsExactly("PreSignUp_AdminCreateUser");
  }

  @Test
  void aRefusedAdminCreateUserLeavesNothing() {
    pool(
        LambdaConfigType.builder().preSignUp(fixture.functions.raising("pre", "no")),
        CreateUserPoolRequest.builder());
    AdminCreateUserRequest request =
        AdminCreateUserRequest.builder().userPoolId(pool).username("ada").build();
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_CREATE_USER, request))
        .isEqualTo("UserLambdaValidationException: PreSignUp failed with error no.");
    fixture.functions.passive("pre");
    fixture.call(CognitoIdpOperations.ADMIN_CREATE_USER, request);
  }

  @Test
  void confirmingRunsPostConfirmationOnce() {
    pool(
        LambdaConfigType.builder().postConfirmation(fixture.functions.passive("post")),
        CreateUserPoolRequest.builder());
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    ConfirmSignUpRequest.Builder confirm =
        ConfirmSignUpRequest.builder()
            .clientId(client)
            .username("ada")
            .clientMetadata(Map.of("k", "v"));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.CONFIRM_SIGN_UP, confirm.confirmationCode("x").build()))
        .startsWith("CodeMismatchException");
    assertThat(fixture.functions.events).isEmpty();
    fixture.call(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        confirm.confirmationCode(fixture.sent.last().code().text()).build());
    assertThat(fixture.functions.last().at("/request/clientMetadata").toString())
        .isEqualTo("{\"k\":\"v\"}");
    assertThat(fixture.functions.last().get("response").toString()).isEqualTo("{}");
    assertThat(fixture.functions.sources()).containsExactly("PostConfirmation_ConfirmSignUp");
  }

  @Test
  void theFunctionThatWordsTheMessageFindsTheUser() {
    pool(LambdaConfigType.builder(), CreateUserPoolRequest.builder());
    String[] status = {""};
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL,
        dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
            .lambdaConfig(
                LambdaConfigType.builder()
                    .customMessage(
                        fixture.functions.answering(
                            "message", response -> status[0] = fixture.status(pool, "ada")))
                    .build())
            .build());
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    assertThat(status[0]).isEqualTo("UNCONFIRMED");
    assertThat(fixture.sent.last().body()).startsWith("Your verification code is ");
  }

  @Test
  void aMessageThatCannotBeWordedIsToldAndTheAccountStays() {
    pool(
        LambdaConfigType.builder().customMessage(fixture.functions.raising("message", "no")),
        CreateUserPoolRequest.builder());
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com")))
        .isEqualTo("UserLambdaValidationException: CustomMessage failed with error no.");
    assertThat(fixture.status(pool, "ada")).isEqualTo("UNCONFIRMED");
    assertThat(fixture.sent.letters).isEmpty();
  }
}

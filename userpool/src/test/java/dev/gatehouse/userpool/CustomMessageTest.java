package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SmsConfigurationType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CustomMessage: its texts stand before the templates, and are checked. */
@NullUnmarked
class CustomMessageTest {
  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void pool(String function, EmailSendingAccountType account) {
    EmailConfigurationType.Builder email =
        EmailConfigurationType.builder().emailSendingAccount(account);
    if (EmailSendingAccountType.DEVELOPER.equals(account)) {
      email.sourceArn("arn:aws:ses:eu-central-1:000000000000:identity/example.com");
    }
    pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .autoVerifiedAttributes(
                    List.of(VerifiedAttributeType.EMAIL, VerifiedAttributeType.PHONE_NUMBER))
                .smsConfiguration(
                    SmsConfigurationType.builder()
                        .snsCallerArn("arn:aws:iam::000000000000:role/sms")
                        .build())
                .emailConfiguration(email.build())
                .lambdaConfig(LambdaConfigType.builder().customMessage(function).build()));
    client = fixture.client(pool);
  }

  private SignUpRequest signUp(String name, String... attributes) {
    return SignUpRequest.builder()
        .clientId(client)
        .username(name)
        .password("P@ssw0rd-1")
        .userAttributes(UsersFixture.attributes(attributes))
        .build();
  }

  @Test
  void textsReplaceThoseOfThePool() {
    pool(
        fixture.functions.answering(
            "f",
            response ->
                response
                    .put("smsMessage", "SMS {####}")
                    .put("emailMessage", "<b>{####}</b> for {username}")
                    .put("emailSubject", "Hello")),
        EmailSendingAccountType.DEVELOPER);
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("a<b", "email", "ada@example.com"));
    Postbox.Letter mail = fixture.sent.last();
    assertThat(mail.subject()).isEqualTo("Hello");
    assertThat(mail.body()).isEqualTo("<b>" + mail.code().text() + "</b> for a&lt;b");
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("bob", "phone_number", "+15550100"));
    Postbox.Letter sms = fixture.sent.last();
    assertThat(sms.subject()).isNull();
    assertThat(sms.body()).isEqualTo("SMS " + sms.code().text());
  }

  @Test
  void theEventHasThePlacesAndWhereItComesFrom() {
    pool(fixture.functions.passive("f"), EmailSendingAccountType.DEVELOPER);
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    assertThat(fixture.functions.last().get("triggerSource").stringValue())
        .isEqualTo("CustomMessage_SignUp");
    assertThat(fixture.functions.last().get("request").toString())
        .contains("\"codeParameter\":\"{####}\",\"usernameParameter\":null")
        .contains("\"cognito:user_status\":\"UNCONFIRMED\"")
        .doesNotContain(fixture.sent.last().code().text());
    assertThat(fixture.functions.last().get("response").toString())
        .isEqualTo("{\"smsMessage\":null,\"emailMessage\":null,\"emailSubject\":null}");
    fixture.call(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        ResendConfirmationCodeRequest.builder()
            .clientId(client)
            .username("ada")
            .clientMetadata(Map.of("k", "v"))
            .build());
    assertThat(fixture.functions.last().at("/request/clientMetadata").toString())
        .isEqualTo("{\"k\":\"v\"}");
    assertThat(fixture.functions.sources())
        .containsExactly("CustomMessage_SignUp", "CustomMessage_ResendCode");
  }

  @Test
  void nullAndNothingFallBackToTheTemplate() {
    pool(
        fixture.functions.answering(
            "f", response -> response.putNull("emailMessage").put("emailSubject", "Only this")),
        EmailSendingAccountType.DEVELOPER);
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com"));
    assertThat(fixture.sent.last().subject()).isEqualTo("Only this");
    assertThat(fixture.sent.last().body()).startsWith("Your verification code is ");
  }

  @ParameterizedTest
  @CsvSource({
    "smsMessage,no place",
    "emailMessage,no place",
    "emailSubject,LINE",
    "smsMessage,LONG",
    "emailMessage,LONG",
    "emailSubject,LONG"
  })
  void aTextThatCannotBeSentIsRefused(String member, String text) {
    String value =
        switch (text) {
          case "LONG" -> "{####}" + "x".repeat(member.equals("emailMessage") ? 20_000 : 140);
          case "LINE" -> "a\r\nBcc: all@example.com";
          default -> text;
        };
    pool(
        fixture.functions.answering("f", response -> response.put(member, value)),
        EmailSendingAccountType.DEVELOPER);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com")))
        .startsWith("InvalidLambdaResponseException: Invalid lambda function output : " + member);
    assertThat(fixture.sent.letters).isEmpty();
  }

  @Test
  void mailTextsNeedASenderOfThePools() {
    pool(
        fixture.functions.answering("f", response -> response.put("emailMessage", "{####}")),
        EmailSendingAccountType.COGNITO_DEFAULT);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SIGN_UP, signUp("ada", "email", "ada@example.com")))
        .startsWith("InvalidLambdaResponseException: ");
    fixture.functions.answering("f", response -> response.put("smsMessage", "{####}"));
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("bob", "phone_number", "+15550100"));
  }

  @Test
  void anInvitationNeedsBothPlaces() {
    pool(
        fixture.functions.answering("f", response -> response.put("emailMessage", "only {####}")),
        EmailSendingAccountType.DEVELOPER);
    AdminCreateUserRequest.Builder invite =
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .userAttributes(UsersFixture.attributes("email", "ada@example.com"))
            .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL));
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_CREATE_USER, invite.username("ada").build()))
        .startsWith("InvalidLambdaResponseException: ");
    fixture.functions.answering(
        "f", response -> response.put("emailMessage", "{username}: {####}"));
    fixture.call(CognitoIdpOperations.ADMIN_CREATE_USER, invite.username("bob").build());
    assertThat(fixture.sent.last().body()).startsWith("bob: ").hasSizeGreaterThan("bob: ".length());
  }
}

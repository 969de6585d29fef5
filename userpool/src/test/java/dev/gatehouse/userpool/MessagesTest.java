package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserConfigType;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.MessageTemplateType;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SmsConfigurationType;
import dev.gatehouse.model.cognitoidp.VerificationMessageTemplateType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.userpool.Postbox.Letter;
import dev.gatehouse.userpool.directory.Destination.Medium;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users receive, and what happens when nothing can bring it to them. */
@NullUnmarked
class MessagesTest {
  private static final String PASSWORD = "Permanent1!";

  /** Looks like a place and like markup. */
  private static final String TRICKY = "{####}<b>&'\"{username}";

  private static final String TRICKY_AS_HTML = "{####}&lt;b&gt;&amp;&#39;&quot;{username}";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static CreateUserPoolRequest.Builder verifying(VerifiedAttributeType attribute) {
    return CreateUserPoolRequest.builder()
        .autoVerifiedAttributes(List.of(attribute))
        .smsConfiguration(
            SmsConfigurationType.builder()
                .snsCallerArn("arn:aws:iam::000000000000:role/sms")
                .build());
  }

  private static SignUpRequest registration(
      String client, String username, List<AttributeType> attributes) {
    return SignUpRequest.builder()
        .clientId(client)
        .username(username)
        .password(PASSWORD)
        .userAttributes(attributes)
        .build();
  }

  private Letter signUp(String pool, String username) {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        registration(
            fixture.client(pool),
            username,
            UsersFixture.attributes("email", "j@example.com", "phone_number", "+491701234567")));
    return fixture.sent.last();
  }

  private Letter invite(String pool, DeliveryMediumType medium, String username, String password) {
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username(username)
            .temporaryPassword(password)
            .desiredDeliveryMediums(List.of(medium))
            .userAttributes(
                UsersFixture.attributes("email", "j@example.com", "phone_number", "+491701234567"))
            .build());
    return fixture.sent.last();
  }

  private static CreateUserPoolRequest.Builder inviting(MessageTemplateType.Builder template) {
    return CreateUserPoolRequest.builder()
        .adminCreateUserConfig(
            AdminCreateUserConfigType.builder().inviteMessageTemplate(template.build()).build());
  }

  @Test
  void withoutTemplatesCodesComeInCognitosWords() {
    Letter mail = signUp(fixture.pool(verifying(VerifiedAttributeType.EMAIL)), "jan");
    assertThat(mail.medium()).isEqualTo(Medium.EMAIL);
    assertThat(mail.subject()).isEqualTo("Your verification code");
    assertThat(mail.body()).isEqualTo("Your verification code is " + mail.code().text() + ".");
    Letter sms = signUp(fixture.pool(verifying(VerifiedAttributeType.PHONE_NUMBER)), "jan");
    assertThat(sms.medium()).isEqualTo(Medium.SMS);
    assertThat(sms.subject()).isNull();
    assertThat(sms.body()).isEqualTo("Your verification code is " + sms.code().text() + ".");
  }

  @Test
  void thePoolsTemplatesAreFilled() {
    VerificationMessageTemplateType template =
        VerificationMessageTemplateType.builder()
            .emailSubject("Welcome to the shop")
            .emailMessage("<p>Use <b>{####}</b>, once more: {####}</p>")
            .smsMessage("Shop: {####}")
            .build();
    Letter mail =
        signUp(
            fixture.pool(
                verifying(VerifiedAttributeType.EMAIL).verificationMessageTemplate(template)),
            "jan");
    String code = mail.code().text();
    assertThat(mail.subject()).isEqualTo("Welcome to the shop");
    assertThat(mail.body()).isEqualTo("<p>Use <b>" + code + "</b>, once more: " + code + "</p>");
    Letter sms =
        signUp(
            fixture.pool(
                verifying(VerifiedAttributeType.PHONE_NUMBER)
                    .verificationMessageTemplate(template)),
            "jan");
    assertThat(sms.body()).isEqualTo("Shop: " + sms.code().text());
  }

  @Test
  void aValueThatLooksLikeAPlaceIsNotFilledAndBecomesNoMarkup() {
    String pool =
        fixture.pool(
            inviting(
                MessageTemplateType.builder()
                    .emailSubject("Hello")
                    .emailMessage("Hi {username}, use {####}.")
                    .smsMessage("{username}: {####}")));
    Letter mail = invite(pool, DeliveryMediumType.EMAIL, TRICKY, "Temp<1>{username}");
    assertThat(mail.body()).isEqualTo("Hi " + TRICKY_AS_HTML + ", use Temp&lt;1&gt;{username}.");
    Letter sms = invite(pool, DeliveryMediumType.SMS, TRICKY + "2", "Temp<1>{username}");
    assertThat(sms.body()).isEqualTo(TRICKY + "2: Temp<1>{username}");
  }

  @Test
  void cognitosOwnWordsEscapeAsWell() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    Letter mail = invite(pool, DeliveryMediumType.EMAIL, TRICKY, PASSWORD);
    assertThat(mail.subject()).isEqualTo("Your temporary password");
    assertThat(mail.body())
        .isEqualTo(
            "Your username is " + TRICKY_AS_HTML + " and temporary password is " + PASSWORD + ".");
  }

  @Test
  void aSignUpWhoseCodeCannotLeaveKeepsTheAccountAndTheCodeIsSentLater() {
    String pool = fixture.pool(verifying(VerifiedAttributeType.EMAIL));
    String client = fixture.client(pool);
    fixture.sent.broken.add(Medium.EMAIL);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SIGN_UP,
                registration(client, "jan", UsersFixture.attributes("email", "jan@example.com"))))
        .startsWith("CodeDeliveryFailureException: ");
    assertThat(fixture.status(pool, "jan")).isEqualTo("UNCONFIRMED");
    fixture.sent.broken.clear();
    fixture.call(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        ResendConfirmationCodeRequest.builder().clientId(client).username("jan").build());
    assertThat(fixture.sent.last().recipient()).isEqualTo("jan@example.com");
  }

  @Test
  void whereTheFailureIsNotDeclaredTheParameterIsInvalid() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    fixture.confirmed(
        pool,
        "jan",
        PASSWORD,
        UsersFixture.attributes("email", "jan@example.com", "email_verified", "true"));
    fixture.sent.broken.add(Medium.EMAIL);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD,
                AdminResetUserPasswordRequest.builder().userPoolId(pool).username("jan").build()))
        .isEqualTo(
            "InvalidParameterException: The code could not be delivered: no EMAIL transport can take it.");
    assertThat(fixture.status(pool, "jan")).isEqualTo("CONFIRMED");
  }
}

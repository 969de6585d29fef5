package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserConfigType;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.MessageTemplateType;
import dev.gatehouse.model.cognitoidp.VerificationMessageTemplateType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool's templates: each place filled once, and nothing that a user chose becomes markup. */
@NullUnmarked
class MessagesTest {
  private static final String TEMPORARY = "T3mp<o>rary-1";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String poolWithTemplates() {
    return fixture.pool(
        CreateUserPoolRequest.builder()
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
            .verificationMessageTemplate(
                VerificationMessageTemplateType.builder()
                    .emailMessage("<p>Code {####}, again {####}</p>")
                    .emailSubject("Code")
                    .build())
            .adminCreateUserConfig(
                AdminCreateUserConfigType.builder()
                    .inviteMessageTemplate(
                        MessageTemplateType.builder()
                            .emailMessage("<b>{username}</b> with {####}")
                            .smsMessage("{username} with {####}")
                            .build())
                    .build()));
  }

  private Postbox.Letter invited(String pool, String username, DeliveryMediumType medium) {
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username(username)
            .temporaryPassword(TEMPORARY)
            .desiredDeliveryMediums(List.of(medium))
            .userAttributes(
                UsersFixture.attributes(
                    "email", "somebody@example.com", "phone_number", "+15555550123"))
            .build());
    return fixture.sent.last();
  }

  @Test
  void aUsernameThatLooksLikeAPlaceIsNotFilled() {
    String pool = poolWithTemplates();
    assertThat(invited(pool, "{####}", DeliveryMediumType.EMAIL).body())
        .isEqualTo("<b>{####}</b> with T3mp&lt;o&gt;rary-1");
    assertThat(invited(pool, "x{username}", DeliveryMediumType.SMS).body())
        .isEqualTo("x{username} with " + TEMPORARY);
  }

  @Test
  void whatUsersChoseIsNoMarkupInMail() {
    String pool = poolWithTemplates();
    assertThat(invited(pool, "<a'href=\"x\">&", DeliveryMediumType.EMAIL).body())
        .startsWith("<b>&lt;a&#39;href=&quot;x&quot;&gt;&amp;</b> with ");
  }

  @Test
  void everyPlaceGetsTheCodeAndTheSubjectStays() {
    String pool = poolWithTemplates();
    String client = fixture.client(pool);
    fixture.confirmed(
        pool,
        "somebody",
        "P@ssw0rd-1",
        UsersFixture.attributes("email", "somebody@example.com", "email_verified", "true"));
    fixture.call(
        CognitoIdpOperations.FORGOT_PASSWORD,
        ForgotPasswordRequest.builder().clientId(client).username("somebody").build());
    Postbox.Letter letter = fixture.sent.last();
    String code = letter.code().text();
    assertThat(code).matches("[0-9]{6}");
    assertThat(letter.body()).isEqualTo("<p>Code " + code + ", again " + code + "</p>");
    assertThat(letter.subject()).isEqualTo("Code");
  }
}

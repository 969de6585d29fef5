package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who keeps an alias when somebody else confirms a sign-up with ForceAliasCreation. */
@NullUnmarked
class AliasMoveTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String WANTED = "wanted@example.com";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder()
              .aliasAttributes(List.of(AliasAttributeType.EMAIL))
              .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL)));
  private final String client = fixture.client(pool);

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Signs eve up and answers the code that she was sent. */
  private String signUp(String email) {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder()
            .clientId(client)
            .username("eve")
            .password(PASSWORD)
            .userAttributes(UsersFixture.attributes("email", email))
            .build());
    return fixture.sent.last().code().text();
  }

  private void confirm(String code) {
    fixture.call(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        ConfirmSignUpRequest.builder()
            .clientId(client)
            .username("eve")
            .confirmationCode(code)
            .forceAliasCreation(true)
            .build());
  }

  private void ownerOfWanted() {
    fixture.confirmed(
        pool, "jan", PASSWORD, UsersFixture.attributes("email", WANTED, "email_verified", "true"));
  }

  private String verified(String name) {
    return UsersFixture.map(fixture.user(pool, name).userAttributes()).get("email_verified");
  }

  @Test
  void theAliasGoesToWhoProvedTheAddress() {
    String code = signUp(WANTED);
    ownerOfWanted();
    confirm(code);
    assertThat(verified("jan")).isEqualTo("false");
    assertThat(verified("eve")).isEqualTo("true");
    assertThat(fixture.user(pool, WANTED).username()).isEqualTo("eve");
  }

  @Test
  void theAliasStaysWhereTheCodeProvedAnotherAddress() {
    String code = signUp("eve@example.com");
    fixture.call(
        CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
        AdminUpdateUserAttributesRequest.builder()
            .userPoolId(pool)
            .username("eve")
            .userAttributes(UsersFixture.attributes("email", WANTED))
            .build());
    ownerOfWanted();
    confirm(code);
    assertThat(verified("jan")).isEqualTo("true");
    assertThat(verified("eve")).isEqualTo("false");
    assertThat(fixture.user(pool, WANTED).username()).isEqualTo("jan");
  }
}

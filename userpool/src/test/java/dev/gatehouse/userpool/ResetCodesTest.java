package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.ChangePasswordRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.model.cognitoidp.UpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.UserAttributeUpdateSettingsType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.model.cognitoidp.VerifyUserAttributeRequest;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.testkit.UsedSecrets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Until when the code that ForgotPassword sent sets the password. */
@NullUnmarked
class ResetCodesTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String OTHER = "Different2!";
  private static final String OLD = "old@example.com";
  private static final String NEW = "new@example.com";
  private static final String EXPIRED =
      "ExpiredCodeException: Invalid code provided, please request a code again.";

  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void scene(VerifiedAttributeType... verifiedFirst) {
    pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .aliasAttributes(List.of(AliasAttributeType.EMAIL))
                .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
                .userAttributeUpdateSettings(
                    UserAttributeUpdateSettingsType.builder()
                        .attributesRequireVerificationBeforeUpdate(List.of(verifiedFirst))
                        .build()));
    client = fixture.client(pool);
    fixture.confirmed(
        pool, "jan", PASSWORD, UsersFixture.attributes("email", OLD, "email_verified", "true"));
  }

  /** What ends the code. */
  enum End {
    ADMINISTRATOR_CHANGES_ADDRESS,
    ADMINISTRATOR_CHANGES_ADDRESS_AND_BACK,
    ADMINISTRATOR_DOUBTS_ADDRESS,
    ADMINISTRATOR_DELETES_ADDRESS,
    ADMINISTRATOR_SETS_PASSWORD,
    USER_CHANGES_ADDRESS,
    USER_CHANGES_ADDRESS_AND_VERIFIES_IT_FIRST,
    USER_DELETES_ADDRESS,
    USER_CHANGES_PASSWORD,
    ANOTHER_TAKES_ADDRESS
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "users-05",
      says =
          "a code for a new password ends with the address that it went to and with the password that it was to replace")
  void aCodeEndsWithItsAddressAndWithItsPassword(End end) {
    if (end == End.USER_CHANGES_ADDRESS_AND_VERIFIES_IT_FIRST) {
      scene(VerifiedAttributeType.EMAIL);
    } else {
      scene();
    }
    String code = forgot();
    happen(end);
    assertThat(fixture.refused(CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD, confirm(code)))
        .isEqualTo(EXPIRED);
  }

  private void happen(End end) {
    switch (end) {
      case ADMINISTRATOR_CHANGES_ADDRESS -> update("email", NEW, "email_verified", "true");
      case ADMINISTRATOR_CHANGES_ADDRESS_AND_BACK -> {
        update("email", NEW, "email_verified", "true");
        update("email", OLD, "email_verified", "true");
      }
      case ADMINISTRATOR_DOUBTS_ADDRESS -> update("email_verified", "false");
      case ADMINISTRATOR_DELETES_ADDRESS ->
          fixture.call(
              CognitoIdpOperations.ADMIN_DELETE_USER_ATTRIBUTES,
              AdminDeleteUserAttributesRequest.builder()
                  .userPoolId(pool)
                  .username("jan")
                  .userAttributeNames(List.of("email"))
                  .build());
      case ADMINISTRATOR_SETS_PASSWORD ->
          fixture.call(
              CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
              AdminSetUserPasswordRequest.builder()
                  .userPoolId(pool)
                  .username("jan")
                  .password(OTHER)
                  .permanent(true)
                  .build());
      case USER_CHANGES_ADDRESS -> updateAsUser(signIn());
      case USER_CHANGES_ADDRESS_AND_VERIFIES_IT_FIRST -> {
        String token = signIn();
        updateAsUser(token);
        fixture.call(
            CognitoIdpOperations.VERIFY_USER_ATTRIBUTE,
            VerifyUserAttributeRequest.builder()
                .accessToken(token)
                .attributeName("email")
                .code(fixture.sent.last().code().text())
                .build());
      }
      case USER_DELETES_ADDRESS ->
          fixture.call(
              CognitoIdpOperations.DELETE_USER_ATTRIBUTES,
              DeleteUserAttributesRequest.builder()
                  .accessToken(signIn())
                  .userAttributeNames(List.of("email"))
                  .build());
      case USER_CHANGES_PASSWORD ->
          fixture.call(
              CognitoIdpOperations.CHANGE_PASSWORD,
              ChangePasswordRequest.builder()
                  .accessToken(signIn())
                  .previousPassword(PASSWORD)
                  .proposedPassword(OTHER)
                  .build());
      case ANOTHER_TAKES_ADDRESS ->
          fixture.call(
              CognitoIdpOperations.ADMIN_CREATE_USER,
              AdminCreateUserRequest.builder()
                  .userPoolId(pool)
                  .username("eve")
                  .userAttributes(UsersFixture.attributes("email", OLD, "email_verified", "true"))
                  .forceAliasCreation(true)
                  .messageAction(MessageActionType.SUPPRESS)
                  .build());
    }
  }

  @Test
  void aCodeThatIsDrawnWhileTheAddressChangesSetsNothing() {
    scene();
    fixture.sent.whilePreparing(() -> update("email", NEW, "email_verified", "true"));
    String code = forgot();
    assertThat(fixture.sent.last().recipient()).isEqualTo(OLD);
    assertThat(fixture.refused(CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD, confirm(code)))
        .isEqualTo(EXPIRED);
  }

  @Test
  void otherChangesLeaveACodeGood() {
    scene();
    String code = forgot();
    update("name", "Jan", "phone_number", "+12065550100", "email", OLD);
    fixture.call(CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD, confirm(code));
    assertThat(UsersFixture.map(fixture.user(pool, "jan").userAttributes()))
        .containsEntry("email_verified", "true");
  }

  /** Asks for a code and answers it. */
  private String forgot() {
    fixture.call(
        CognitoIdpOperations.FORGOT_PASSWORD,
        ForgotPasswordRequest.builder().clientId(client).username("jan").build());
    return fixture.sent.last().code().text();
  }

  private ConfirmForgotPasswordRequest confirm(String code) {
    UsedSecrets.ofThisRun().add(OTHER);
    return ConfirmForgotPasswordRequest.builder()
        .clientId(client)
        .username("jan")
        .confirmationCode(code)
        .password("Attacker3!")
        .build();
  }

  private String signIn() {
    return fixture
        .call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, "jan", PASSWORD))
        .authenticationResult()
        .accessToken();
  }

  private void update(String... namesAndValues) {
    fixture.call(
        CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
        AdminUpdateUserAttributesRequest.builder()
            .userPoolId(pool)
            .username("jan")
            .userAttributes(UsersFixture.attributes(namesAndValues))
            .build());
  }

  private void updateAsUser(String token) {
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_ATTRIBUTES,
        UpdateUserAttributesRequest.builder()
            .accessToken(token)
            .userAttributes(UsersFixture.attributes("email", NEW))
            .build());
  }
}

package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AdminConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminEnableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserRequest;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminUserGlobalSignOutRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the audit line of an administrator's call names. */
@NullUnmarked
class AuditedUsersTest {
  private static final String PASSWORD = "Permanent1!";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private <I, O> Optional<String> noted(OperationModel<I, O> model, I request) {
    AuditNote note = new AuditNote();
    try {
      note.during(() -> fixture.call(model, request));
    } catch (Refusal refused) {
      // the line of a refused call names the user as well
    }
    return note.sub();
  }

  @Test
  void everyCallAboutAUserNamesItsSub() {
    Optional<String> created =
        noted(
            CognitoIdpOperations.ADMIN_CREATE_USER,
            AdminCreateUserRequest.builder()
                .userPoolId(pool)
                .username("jan")
                .messageAction(MessageActionType.SUPPRESS)
                .build());
    String sub = UsersFixture.map(fixture.user(pool, "jan").userAttributes()).get("sub");

    assertThat(created).hasValue(sub);
    assertThat(
            List.of(
                noted(
                    CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
                    AdminSetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username("jan")
                        .password(PASSWORD)
                        .permanent(true)
                        .build()),
                noted(
                    CognitoIdpOperations.ADMIN_GET_USER,
                    AdminGetUserRequest.builder().userPoolId(pool).username("jan").build()),
                noted(
                    CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                    UsersFixture.signIn(pool, fixture.client(pool), "jan", PASSWORD)),
                noted(
                    CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP,
                    AdminConfirmSignUpRequest.builder().userPoolId(pool).username("jan").build()),
                noted(
                    CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
                    AdminUpdateUserAttributesRequest.builder()
                        .userPoolId(pool)
                        .username("jan")
                        .userAttributes(UsersFixture.attributes("nickname", "j"))
                        .build()),
                noted(
                    CognitoIdpOperations.ADMIN_DELETE_USER_ATTRIBUTES,
                    AdminDeleteUserAttributesRequest.builder()
                        .userPoolId(pool)
                        .username("jan")
                        .userAttributeNames(List.of("nickname"))
                        .build()),
                noted(
                    CognitoIdpOperations.ADMIN_USER_GLOBAL_SIGN_OUT,
                    AdminUserGlobalSignOutRequest.builder()
                        .userPoolId(pool)
                        .username("jan")
                        .build()),
                noted(
                    CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD,
                    AdminResetUserPasswordRequest.builder()
                        .userPoolId(pool)
                        .username("jan")
                        .build()),
                noted(
                    CognitoIdpOperations.ADMIN_DISABLE_USER,
                    AdminDisableUserRequest.builder().userPoolId(pool).username("jan").build()),
                noted(
                    CognitoIdpOperations.ADMIN_ENABLE_USER,
                    AdminEnableUserRequest.builder().userPoolId(pool).username("jan").build()),
                noted(
                    CognitoIdpOperations.ADMIN_DELETE_USER,
                    AdminDeleteUserRequest.builder().userPoolId(pool).username("jan").build())))
        .allSatisfy(noted -> assertThat(noted).hasValue(sub));
  }

  @Test
  void aNameThatNobodyHasLeavesNone() {
    assertThat(
            noted(
                CognitoIdpOperations.ADMIN_GET_USER,
                AdminGetUserRequest.builder().userPoolId(pool).username("nobody").build()))
        .isEmpty();
    assertThat(
            noted(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, fixture.client(pool), "nobody", PASSWORD)))
        .isEmpty();
  }
}

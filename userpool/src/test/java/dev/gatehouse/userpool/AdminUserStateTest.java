package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AccountRecoverySettingType;
import dev.gatehouse.model.cognitoidp.AdminConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminEnableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminUserGlobalSignOutRequest;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.directory.Destination.Medium;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What administrators do to a user's state and password. */
@NullUnmarked
class AdminUserStateTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String OTHER = "Different2!";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final String client = fixture.client(pool);

  private AuthenticationResultType signIn(String name, String password) {
    return fixture
        .call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, name, password))
        .authenticationResult();
  }

  private String refusedSignIn(String name, String password) {
    return fixture.refused(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        UsersFixture.signIn(pool, client, name, password));
  }

  private static AdminSetUserPasswordRequest set(String pool, String password, Boolean permanent) {
    return AdminSetUserPasswordRequest.builder()
        .userPoolId(pool)
        .username("jan")
        .password(password)
        .permanent(permanent)
        .build();
  }

  private static AdminResetUserPasswordRequest reset(String pool) {
    return AdminResetUserPasswordRequest.builder().userPoolId(pool).username("jan").build();
  }

  private void disable() {
    fixture.call(
        CognitoIdpOperations.ADMIN_DISABLE_USER,
        AdminDisableUserRequest.builder().userPoolId(pool).username("jan").build());
  }

  private String refusedRefresh(String token) {
    return fixture.refused(
        CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
        GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(token).build());
  }

  private String refusedGetUser(String token) {
    return fixture.refused(
        CognitoIdpOperations.GET_USER, GetUserRequest.builder().accessToken(token).build());
  }

  @Test
  @Shows(id = "users-04", says = "After AdminSetUserPassword Permanent sign-in needs no challenge")
  void aPermanentPasswordSignsIn() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    assertThat(fixture.status(pool, "jan")).isEqualTo("CONFIRMED");
    assertThat(signIn("jan", PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  void aTemporaryPasswordMustBeReplaced() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    fixture.call(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(pool, OTHER, null));
    assertThat(fixture.status(pool, "jan")).isEqualTo("FORCE_CHANGE_PASSWORD");
    assertThat(signIn("jan", OTHER)).isNull();
    assertThat(refusedSignIn("jan", PASSWORD))
        .isEqualTo("NotAuthorizedException: Incorrect username or password.");
  }

  @Test
  void aSetPasswordKeepsThePolicyAndEndsTheLockOut() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(pool, "weak", true)))
        .startsWith("InvalidPasswordException: Password did not conform with policy: ");
    for (int i = 0; i < 5; i++) {
      refusedSignIn("jan", "Wrong1!wrong");
    }
    assertThat(refusedSignIn("jan", PASSWORD))
        .isEqualTo("NotAuthorizedException: Password attempts exceeded");
    fixture.call(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(pool, OTHER, true));
    assertThat(signIn("jan", OTHER).accessToken()).isNotEmpty();
  }

  @Test
  void aPermanentPasswordOfTheHistoryIsRefused() {
    String strict =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .policies(
                    UserPoolPolicyType.builder()
                        .passwordPolicy(
                            PasswordPolicyType.builder()
                                .minimumLength(8)
                                .passwordHistorySize(2)
                                .build())
                        .build()));
    fixture.confirmed(strict, "jan", PASSWORD, List.of());
    fixture.call(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(strict, OTHER, true));
    for (String used : List.of(PASSWORD, OTHER)) {
      assertThat(
              fixture.refused(
                  CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(strict, used, true)))
          .startsWith("PasswordHistoryPolicyViolationException: ");
    }
    fixture.call(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(strict, PASSWORD, false));
  }

  @Test
  void confirmsASignUpOnce() {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder()
            .clientId(client)
            .username("jan")
            .password(PASSWORD)
            .userAttributes(UsersFixture.attributes("email", "jan@example.com"))
            .build());
    var request = AdminConfirmSignUpRequest.builder().userPoolId(pool).username("jan").build();
    fixture.call(CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP, request);
    assertThat(fixture.status(pool, "jan")).isEqualTo("CONFIRMED");
    assertThat(UsersFixture.map(fixture.user(pool, "jan").userAttributes()))
        .containsEntry("email_verified", "false");
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP, request))
        .isEqualTo("NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED");
  }

  @Test
  @Shows(id = "users-08", says = "After AdminDisableUser refresh and GetUser fail")
  @Shows(
      id = "users-08",
      says = "After AdminEnableUser the old tokens still fail and a new sign-in works")
  void disablingEndsWhatEnablingDoesNotBringBack() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    AuthenticationResultType tokens = signIn("jan", PASSWORD);
    disable();
    assertThat(fixture.user(pool, "jan").enabled()).isFalse();
    assertThat(refusedSignIn("jan", PASSWORD))
        .isEqualTo("NotAuthorizedException: User is disabled.");
    assertThat(refusedRefresh(tokens.refreshToken())).startsWith("NotAuthorizedException: ");
    assertThat(refusedGetUser(tokens.accessToken())).startsWith("NotAuthorizedException: ");
    fixture.call(
        CognitoIdpOperations.ADMIN_ENABLE_USER,
        AdminEnableUserRequest.builder().userPoolId(pool).username("jan").build());
    assertThat(refusedRefresh(tokens.refreshToken())).startsWith("NotAuthorizedException: ");
    assertThat(refusedGetUser(tokens.accessToken())).startsWith("NotAuthorizedException: ");
    assertThat(signIn("jan", PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  void globalSignOutRevokesAllTokens() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    AuthenticationResultType tokens = signIn("jan", PASSWORD);
    fixture.call(
        CognitoIdpOperations.ADMIN_USER_GLOBAL_SIGN_OUT,
        AdminUserGlobalSignOutRequest.builder().userPoolId(pool).username("jan").build());
    assertThat(refusedRefresh(tokens.refreshToken()))
        .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
    assertThat(refusedGetUser(tokens.accessToken()))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    assertThat(signIn("jan", PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  void aDeletedUsersNameIsFreeAtOnceAndItsTokensAreDead() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    AuthenticationResultType tokens = signIn("jan", PASSWORD);
    var request = AdminDeleteUserRequest.builder().userPoolId(pool).username("jan").build();
    fixture.call(CognitoIdpOperations.ADMIN_DELETE_USER, request);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_DELETE_USER, request))
        .isEqualTo("UserNotFoundException: User does not exist.");
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    assertThat(refusedRefresh(tokens.refreshToken())).startsWith("NotAuthorizedException: ");
  }

  @Test
  void aResetSendsACodeAndEndsThePassword() {
    fixture.confirmed(
        pool,
        "jan",
        PASSWORD,
        UsersFixture.attributes("email", "jan@example.com", "email_verified", "true"));
    fixture.call(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool));
    assertThat(fixture.status(pool, "jan")).isEqualTo("RESET_REQUIRED");
    assertThat(fixture.sent.last().medium()).isEqualTo(Medium.EMAIL);
    assertThat(fixture.sent.last().code().text()).hasSize(6);
    assertThat(refusedSignIn("jan", PASSWORD))
        .isEqualTo("PasswordResetRequiredException: Password reset required for the user");
  }

  @Test
  void aResetNeedsAnEnabledUserAStateAndAVerifiedChannel() {
    fixture.confirmed(pool, "jan", PASSWORD, UsersFixture.attributes("email", "jan@example.com"));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool)))
        .isEqualTo(
            "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number");
    fixture.call(CognitoIdpOperations.ADMIN_SET_USER_PASSWORD, set(pool, OTHER, false));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool)))
        .isEqualTo("NotAuthorizedException: User password cannot be reset in the current state.");
    disable();
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool)))
        .isEqualTo("NotAuthorizedException: User is disabled.");
    assertThat(fixture.sent.letters).isEmpty();
  }

  @Test
  void aResetFollowsTheRecoverySetting() {
    String byMail = fixture.pool(recovering(RecoveryOptionNameType.VERIFIED_EMAIL));
    String never = fixture.pool(recovering(RecoveryOptionNameType.ADMIN_ONLY));
    var both =
        UsersFixture.attributes(
            "email",
            "jan@example.com",
            "email_verified",
            "true",
            "phone_number",
            "+491701234567",
            "phone_number_verified",
            "true");
    List.of(pool, byMail, never).forEach(id -> fixture.confirmed(id, "jan", PASSWORD, both));
    fixture.call(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool));
    assertThat(fixture.sent.last().medium()).isEqualTo(Medium.SMS);
    fixture.call(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(byMail));
    assertThat(fixture.sent.last().medium()).isEqualTo(Medium.EMAIL);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(never)))
        .isEqualTo("NotAuthorizedException: Contact administrator to reset password.");
  }

  @Test
  void aResetThatCannotBeSentChangesNothing() {
    fixture.confirmed(
        pool,
        "jan",
        PASSWORD,
        UsersFixture.attributes("email", "jan@example.com", "email_verified", "true"));
    fixture.sent.broken.add(Medium.EMAIL);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD, reset(pool)))
        .contains("could not be delivered");
    assertThat(signIn("jan", PASSWORD).accessToken()).isNotEmpty();
  }

  private static CreateUserPoolRequest.Builder recovering(RecoveryOptionNameType name) {
    return CreateUserPoolRequest.builder()
        .accountRecoverySetting(
            AccountRecoverySettingType.builder()
                .recoveryMechanisms(
                    List.of(RecoveryOptionType.builder().name(name).priority(1).build()))
                .build());
  }
}

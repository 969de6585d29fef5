package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.testkit.UsedSecrets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What others do between a sign-in's reading and its writing: while its password is hashed. The
 * client hides users, so that their states are told after the password only.
 */
@NullUnmarked
@Tag("race")
class SignInMeanwhileTest {
  private static final String RIGHT = "Right0!pw";
  private static final String WRONG = "Wr0ng!pw1";
  private static final String INCORRECT = "NotAuthorizedException: Incorrect username or password.";
  private static final String LOCKED = "NotAuthorizedException: Password attempts exceeded";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final String client =
      fixture
          .call(
              CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
              CreateUserPoolClientRequest.builder()
                  .userPoolId(pool)
                  .clientName("c")
                  .preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED)
                  .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                  .build())
          .userPoolClient()
          .clientId();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What a right password brings, by the user's state. */
  enum State {
    PERMANENT(""),
    TEMPORARY(""),
    EXPIRED(
        "NotAuthorizedException: Temporary password has expired and must be reset by an administrator."),
    UNCONFIRMED("UserNotConfirmedException: User is not confirmed."),
    RESET_REQUIRED("PasswordResetRequiredException: Password reset required for the user"),
    DISABLED("NotAuthorizedException: User is disabled.");

    private final String refusal;

    State(String refusal) {
      this.refusal = refusal;
    }
  }

  private void user(State state) {
    UsedSecrets.ofThisRun().add(RIGHT);
    switch (state) {
      case PERMANENT -> confirmed();
      case TEMPORARY -> temporary();
      case EXPIRED -> {
        temporary();
        fixture.clock.advance(Duration.ofDays(8));
      }
      case UNCONFIRMED ->
          fixture.call(
              CognitoIdpOperations.SIGN_UP,
              SignUpRequest.builder().clientId(client).username("jan").password(RIGHT).build());
      case RESET_REQUIRED -> {
        confirmed();
        reset();
      }
      case DISABLED -> {
        confirmed();
        disable();
      }
    }
  }

  private void confirmed() {
    fixture.confirmed(
        pool,
        "jan",
        RIGHT,
        UsersFixture.attributes("email", "jan@example.com", "email_verified", "true"));
  }

  private void temporary() {
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username("jan")
            .temporaryPassword(RIGHT)
            .messageAction(MessageActionType.SUPPRESS)
            .build());
  }

  private void disable() {
    fixture.call(
        CognitoIdpOperations.ADMIN_DISABLE_USER,
        AdminDisableUserRequest.builder().userPoolId(pool).username("jan").build());
  }

  private void reset() {
    fixture.call(
        CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD,
        AdminResetUserPasswordRequest.builder().userPoolId(pool).username("jan").build());
  }

  private AdminInitiateAuthResponse signIn() {
    return fixture.call(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH, UsersFixture.signIn(pool, client, "jan", RIGHT));
  }

  private String refused(String password) {
    return fixture.refused(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        UsersFixture.signIn(pool, client, "jan", password));
  }

  private void lockOut() {
    for (int i = 0; i < 5; i++) {
      assertThat(refused(WRONG)).isEqualTo(INCORRECT);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-02",
      says =
          "a right guess that is being judged while wrong ones bring the lock is answered as a wrong one, whatever the user's state, and ends no lock")
  void aRightGuessThatTheLockOvertookIsRefused(State state) {
    user(state);
    fixture.whileHashing(this::lockOut);
    assertThat(refused(RIGHT)).isEqualTo(LOCKED);
    assertThat(refused(RIGHT)).isEqualTo(LOCKED);
    fixture.clock.advance(Duration.ofMillis(1001));
    if (state.refusal.isEmpty()) {
      assertThat(signIn()).isNotNull();
    } else {
      assertThat(refused(RIGHT)).isEqualTo(state.refusal);
    }
  }

  @Test
  @Shows(
      id = "auth-02",
      says =
          "a wrong guess that is being judged while others bring the lock is not counted and does not lengthen it")
  void aWrongGuessThatTheLockOvertookLengthensNothing() {
    user(State.PERMANENT);
    fixture.whileHashing(this::lockOut);
    assertThat(refused(WRONG)).isEqualTo(LOCKED);
    fixture.clock.advance(Duration.ofMillis(1001));
    assertThat(signIn().authenticationResult().accessToken()).isNotEmpty();
  }

  @Test
  @Shows(
      id = "users-08",
      says = "A sign-in that is under way when the user is disabled brings no tokens")
  void aSignInThatDisablingOvertookIsRefused() {
    user(State.PERMANENT);
    fixture.whileHashing(this::disable);
    assertThat(refused(RIGHT)).isEqualTo(INCORRECT);
  }

  @Test
  void aSignInThatAResetOvertookIsRefused() {
    user(State.PERMANENT);
    fixture.whileHashing(this::reset);
    assertThat(refused(RIGHT)).isEqualTo(INCORRECT);
  }
}

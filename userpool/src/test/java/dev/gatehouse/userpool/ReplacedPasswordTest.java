package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.AdminRespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.testkit.UsedSecrets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A temporary password that an administrator replaces while its owner is setting a new one. */
@NullUnmarked
class ReplacedPasswordTest {
  private static final String FIRST = "Temporary1!";
  private static final String SECOND = "Temporary2!";
  private static final String OWN = "Permanent1!";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final String client = fixture.client(pool);

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Who replaces it. */
  enum By {
    ADMIN_SET_USER_PASSWORD,
    RESEND
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "users-03",
      says = "A session that was begun with a temporary password ends when that is replaced")
  void aSessionEndsWithItsTemporaryPassword(By by) {
    invite(FIRST, MessageActionType.SUPPRESS);
    String session = challenged(FIRST);
    // which password it was is told by when it was set
    fixture.clock.advance(Duration.ofMillis(2));
    switch (by) {
      case ADMIN_SET_USER_PASSWORD -> set(SECOND);
      case RESEND -> invite(SECOND, MessageActionType.RESEND);
    }
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_RESPOND_TO_AUTH_CHALLENGE, answer(session)))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used once.");
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.ADMIN_RESPOND_TO_AUTH_CHALLENGE,
                    answer(challenged(SECOND)))
                .authenticationResult()
                .accessToken())
        .isNotEmpty();
  }

  private void invite(String password, MessageActionType action) {
    UsedSecrets.ofThisRun().add(password);
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username("jan")
            .userAttributes(UsersFixture.attributes("phone_number", "+12065550100"))
            .temporaryPassword(password)
            .messageAction(action)
            .build());
  }

  private void set(String password) {
    fixture.call(
        CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
        AdminSetUserPasswordRequest.builder()
            .userPoolId(pool)
            .username("jan")
            .password(password)
            .permanent(false)
            .build());
  }

  private String challenged(String password) {
    AdminInitiateAuthResponse answer =
        fixture.call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, "jan", password));
    assertThat(answer.challengeName()).isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);
    return answer.session();
  }

  private AdminRespondToAuthChallengeRequest answer(String session) {
    UsedSecrets.ofThisRun().add(OWN);
    return AdminRespondToAuthChallengeRequest.builder()
        .userPoolId(pool)
        .clientId(client)
        .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
        .session(session)
        .challengeResponses(Map.of("USERNAME", "jan", "NEW_PASSWORD", OWN))
        .build();
  }
}

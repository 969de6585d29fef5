package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeResponse;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.userpool.Triggers.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CUSTOM_AUTH with functions that ask three times for the same word. */
@NullUnmarked
class CustomAuthTest {
  private static final String INCORRECT = "NotAuthorizedException: Incorrect username or password.";

  private final Functions functions = new Functions();
  private final UsersFixture fixture = new UsersFixture(functions);
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final String client = client(PreventUserExistenceErrorTypes.ENABLED);

  /** As the vendor's sample has it: right once is enough, wrong three times is too much. */
  private static final class Functions implements CustomAuthTriggers {
    final List<List<Round>> seen = new ArrayList<>();
    final List<Boolean> userNotFound = new ArrayList<>();
    boolean missing;

    @Override
    public Decision defineAuthChallenge(Event event, List<Round> rounds, boolean unknown) {
      if (missing) {
        throw UserPoolReason.Why.CUSTOM_AUTH_NOT_CONFIGURED.refusal();
      }
      seen.add(rounds);
      userNotFound.add(unknown);
      if (!rounds.isEmpty() && rounds.getLast().challengeResult()) {
        return new Decision(null, true, false);
      }
      return rounds.size() == 3
          ? new Decision(null, true, true)
          : new Decision("CUSTOM_CHALLENGE", false, false);
    }

    @Override
    public NewChallenge createAuthChallenge(
        Event event, String challengeName, List<Round> rounds, boolean unknown) {
      String round = String.valueOf(rounds.size());
      return new NewChallenge(
          Map.of("round", round), Map.of("answer", "yes" + round), "METADATA_" + round);
    }

    @Override
    public boolean verifyAuthChallengeResponse(
        Event event, Map<String, String> privateParameters, String answer, boolean unknown) {
      return answer.equals(privateParameters.get("answer"));
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String client(PreventUserExistenceErrorTypes hides) {
    return fixture
        .call(
            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
            CreateUserPoolClientRequest.builder()
                .userPoolId(pool)
                .clientName("c")
                .preventUserExistenceErrors(hides)
                .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH))
                .build())
        .userPoolClient()
        .clientId();
  }

  private InitiateAuthRequest beginning(String clientId, String name) {
    return InitiateAuthRequest.builder()
        .clientId(clientId)
        .authFlow(AuthFlowType.CUSTOM_AUTH)
        .authParameters(Map.of("USERNAME", name))
        .build();
  }

  private InitiateAuthResponse begin(String name) {
    return fixture.call(CognitoIdpOperations.INITIATE_AUTH, beginning(client, name));
  }

  private RespondToAuthChallengeRequest answering(String session, String name, String answer) {
    return RespondToAuthChallengeRequest.builder()
        .clientId(client)
        .challengeName(ChallengeNameType.CUSTOM_CHALLENGE)
        .session(session)
        .challengeResponses(Map.of("USERNAME", name, "ANSWER", answer))
        .build();
  }

  private RespondToAuthChallengeResponse answer(String session, String name, String answer) {
    return fixture.call(
        CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE, answering(session, name, answer));
  }

  private String refused(String session, String name, String answer) {
    return fixture.refused(
        CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE, answering(session, name, answer));
  }

  @Test
  void theRoundsGoTheirWay() {
    fixture.confirmed(pool, "jan", "Right0!pw", List.of());
    InitiateAuthResponse first = begin("jan");
    assertThat(first.challengeName()).isEqualTo(ChallengeNameType.CUSTOM_CHALLENGE);
    assertThat(first.challengeParameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("round", "0", "USERNAME", "jan"));
    RespondToAuthChallengeResponse second = answer(first.session(), "jan", "no");
    assertThat(second.challengeParameters()).containsEntry("round", "1");
    // each answer is good for its own round, once
    assertThat(refused(first.session(), "jan", "yes0"))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used once.");
    assertThat(answer(second.session(), "jan", "yes1").authenticationResult().accessToken())
        .isNotEmpty();
    assertThat(functions.seen.getLast())
        .containsExactly(
            new CustomAuthTriggers.Round("CUSTOM_CHALLENGE", false, "METADATA_0"),
            new CustomAuthTriggers.Round("CUSTOM_CHALLENGE", true, "METADATA_1"));
    assertThat(refused(second.session(), "jan", "yes1")).startsWith("NotAuthorizedException");
  }

  @Test
  void threeWrongAnswersFailAndBothFlagsMeanFailing() {
    fixture.confirmed(pool, "jan", "Right0!pw", List.of());
    String session = begin("jan").session();
    session = answer(session, "jan", "no").session();
    session = answer(session, "jan", "no").session();
    assertThat(refused(session, "jan", "no")).isEqualTo(INCORRECT);
  }

  @Test
  void aNameThatNobodyHasNeverSignsIn() {
    InitiateAuthResponse first = begin("nobody");
    assertThat(functions.userNotFound).containsExactly(true);
    assertThat(refused(first.session(), "nobody", "yes0")).isEqualTo(INCORRECT);
    String legacy = client(PreventUserExistenceErrorTypes.LEGACY);
    assertThat(fixture.refused(CognitoIdpOperations.INITIATE_AUTH, beginning(legacy, "nobody")))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void theUsersStateCountsOnlyAfterTheRightAnswer() {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder().clientId(client).username("new").password("Right0!pw").build());
    String session = begin("new").session();
    assertThat(refused(session, "new", "yes0"))
        .isEqualTo("UserNotConfirmedException: User is not confirmed.");
  }

  @Test
  void sessionsAreTheirUsersAndEnd() {
    fixture.confirmed(pool, "jan", "Right0!pw", List.of());
    fixture.confirmed(pool, "eve", "Right0!pw", List.of());
    String session = begin("jan").session();
    assertThat(refused(session, "eve", "yes0"))
        .isEqualTo("NotAuthorizedException: Invalid session for the user.");
    fixture.clock.advance(Duration.ofMinutes(4));
    assertThat(refused(session, "jan", "yes0"))
        .isEqualTo("NotAuthorizedException: Invalid session for the user, session is expired.");
    fixture.module.housekeeping().run();
    assertThat(
            fixture.database.<Integer>read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM custom_flow").mapTo(Integer.class).one()))
        .isZero();
  }

  @Test
  void withoutFunctionsOrWithoutTheFlowItIsRefused() {
    functions.missing = true;
    fixture.confirmed(pool, "jan", "Right0!pw", List.of());
    assertThat(fixture.refused(CognitoIdpOperations.INITIATE_AUTH, beginning(client, "jan")))
        .isEqualTo(
            "InvalidUserPoolConfigurationException: Custom auth lambda trigger is not configured for the user pool.");
    String other = fixture.client(pool);
    assertThat(fixture.refused(CognitoIdpOperations.INITIATE_AUTH, beginning(other, "jan")))
        .isEqualTo("InvalidParameterException: CUSTOM_AUTH flow not enabled for this client");
  }
}

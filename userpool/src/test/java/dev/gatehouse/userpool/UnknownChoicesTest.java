package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.SignInPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.UsersFixture.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sign-in by choice does not tell whether there is a user. Not null-marked, as its neighbours.
 */
@NullUnmarked
class UnknownChoicesTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final String KNOWN = "somebody";

  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void scene(PreventUserExistenceErrorTypes prevent) {
    pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .policies(
                    UserPoolPolicyType.builder()
                        .signInPolicy(
                            SignInPolicyType.builder()
                                .allowedFirstAuthFactors(
                                    List.of(AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP))
                                .build())
                        .build()));
    client =
        fixture
            .call(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientName("c")
                    .preventUserExistenceErrors(prevent)
                    .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_USER_AUTH))
                    .build())
            .userPoolClient()
            .clientId();
    fixture.confirmed(
        pool,
        KNOWN,
        PASSWORD,
        UsersFixture.attributes("email", "somebody@example.com", "email_verified", "true"));
  }

  /** A name that nobody has and that is offered what the known user is. */
  private String unknown() {
    String offered = offered(KNOWN);
    return IntStream.range(0, 100)
        .mapToObj(i -> "nobodys%02d".formatted(i))
        .filter(name -> offered(name).equals(offered))
        .findFirst()
        .orElseThrow();
  }

  private String offered(String name) {
    return begin(Map.of("USERNAME", name)).challengeName()
        + " "
        + begin(Map.of("USERNAME", name)).availableChallenges();
  }

  private dev.gatehouse.model.cognitoidp.InitiateAuthResponse begin(
      Map<String, String> parameters) {
    return fixture.call(
        CognitoIdpOperations.INITIATE_AUTH,
        InitiateAuthRequest.builder()
            .clientId(client)
            .authFlow(AuthFlowType.USER_AUTH)
            .authParameters(parameters)
            .build());
  }

  private record Seen(String answer, Cost cost) {}

  private Seen seen(Function<String, String> attempt, String name) {
    String[] answer = new String[1];
    Cost cost = fixture.cost(() -> answer[0] = attempt.apply(name));
    return new Seen(answer[0].replace(name, "NAME"), cost);
  }

  private List<Seen> compare(int times, String unknown, Function<String, String> attempt) {
    seen(attempt, "warm-up");
    List<Seen> all = new ArrayList<>();
    for (int i = 1; i <= times; i++) {
      Seen known = seen(attempt, KNOWN);
      assertThat(seen(attempt, unknown)).as("attempt " + i).isEqualTo(known);
      all.add(known);
    }
    return all;
  }

  private <I, O> String tried(OperationModel<I, O> model, I request, Function<O, String> shape) {
    try {
      return shape.apply(fixture.call(model, request));
    } catch (Refusal refusal) {
      var error = new UserPoolWords().words(refusal.reason(), model);
      assertThat(model.errors()).contains(error.type());
      return error.type() + ": " + error.message();
    }
  }

  private Function<String, String> beginning(String... more) {
    return name -> {
      Map<String, String> parameters = new HashMap<>(Map.of("USERNAME", name));
      for (int i = 0; i < more.length; i += 2) {
        parameters.put(more[i], more[i + 1]);
      }
      return tried(
          CognitoIdpOperations.INITIATE_AUTH,
          InitiateAuthRequest.builder()
              .clientId(client)
              .authFlow(AuthFlowType.USER_AUTH)
              .authParameters(parameters)
              .build(),
          answer ->
              answer.challengeName()
                  + " "
                  + answer.availableChallenges()
                  + " "
                  + answer.challengeParameters().keySet()
                  + " "
                  + answer.session().length());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENABLED", "LEGACY"})
  @Shows(
      id = "auth-05",
      says =
          "whatever PreventUserExistenceErrors says, a choice, a code and a wrong password cost a name that nobody has what they cost a user, and are answered alike, up to and beyond the limit of codes")
  void choicesCodesAndPasswords(String prevent) {
    scene(new PreventUserExistenceErrorTypes(prevent));
    String unknown = unknown();
    assertThat(compare(2, unknown, beginning()).getFirst().answer()).startsWith("SELECT_CHALLENGE");
    List<Seen> sent = compare(22, unknown, beginning("PREFERRED_CHALLENGE", "EMAIL_OTP"));
    assertThat(sent.getFirst().answer()).startsWith("EMAIL_OTP");
    assertThat(sent.getFirst().cost().statements()).contains("INSERT");
    assertThat(sent.getLast().answer()).contains("Attempt limit exceeded");
    List<Seen> wrong =
        compare(8, unknown, beginning("PREFERRED_CHALLENGE", "PASSWORD", "PASSWORD", "Wr0ng-1"));
    assertThat(wrong.getFirst().answer()).contains("Incorrect username or password.");
    assertThat(wrong.getLast().answer()).contains("Password attempts exceeded");
  }

  @Test
  @Shows(
      id = "auth-05",
      says =
          "a wrong code costs a name that nobody has what it costs a user, and brings the same lock-out")
  void wrongCodes() {
    scene(PreventUserExistenceErrorTypes.ENABLED);
    String unknown = unknown();
    Map<String, String> sessions = new HashMap<>();
    for (String name : List.of(KNOWN, unknown, "warm-up")) {
      sessions.put(
          name, begin(Map.of("USERNAME", name, "PREFERRED_CHALLENGE", "EMAIL_OTP")).session());
    }
    List<Seen> seen =
        compare(
            8,
            unknown,
            name ->
                tried(
                    CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE,
                    RespondToAuthChallengeRequest.builder()
                        .clientId(client)
                        .challengeName(ChallengeNameType.EMAIL_OTP)
                        .session(sessions.get(name))
                        .challengeResponses(Map.of("USERNAME", name, "EMAIL_OTP_CODE", "no-code"))
                        .build(),
                    answer -> "signed in"));
    assertThat(seen.getFirst().answer()).contains("CodeMismatchException");
    assertThat(seen.getLast().answer()).contains("Password attempts exceeded");
  }

  @Test
  void whatNobodyIsOfferedVariesWithTheNameAndIsSentToNobody() {
    scene(PreventUserExistenceErrorTypes.ENABLED);
    Set<String> offers = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      String name = "nobodys%02d".formatted(i);
      offers.add(offered(name));
      assertThat(offered(name.toUpperCase(java.util.Locale.ROOT))).isNotEmpty();
    }
    assertThat(offers).hasSize(2);
    assertThat(fixture.sent.letters).isEmpty();
  }
}

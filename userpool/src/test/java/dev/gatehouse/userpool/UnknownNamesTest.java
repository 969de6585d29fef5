package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.crypto.Work;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AccountRecoverySettingType;
import dev.gatehouse.model.cognitoidp.AdvancedSecurityModeType;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CodeDeliveryDetailsType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RecoveryOptionNameType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeRequest;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UserPoolAddOnsType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.model.cognitoidp.UsernameConfigurationType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.UsersFixture.Cost;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.Destination.Medium;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Under PreventUserExistenceErrors ENABLED a name that nobody has is a user that never succeeds:
 * whatever is tried with it is answered alike and costs the same work and the same statements, up
 * to and beyond every limit. An unread answer's member fails the test, so not null-marked.
 */
@NullUnmarked
class UnknownNamesTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final String WRONG = "Wr0ng-pass-1";

  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What sort of names the pool's users have. */
  enum Form {
    PLAIN("somebody", "nobodys1"),
    ALIAS("somebody", "nobodys1"),
    /** Of a pool that records what happens. */
    RECORDED("somebody", "nobodys1"),
    EMAIL("somebody@example.com", "nobodys1@example.com");

    private final String known;
    private final String unknown;

    Form(String known, String unknown) {
      this.known = known;
      this.unknown = unknown;
    }

    /** How many writes more an event costs. */
    int recording() {
      return this == RECORDED ? 1 : 0;
    }
  }

  private void scene(Form form) {
    CreateUserPoolRequest.Builder request =
        CreateUserPoolRequest.builder()
            .usernameConfiguration(UsernameConfigurationType.builder().caseSensitive(false).build())
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL));
    switch (form) {
      case PLAIN -> {}
      case ALIAS -> request.aliasAttributes(List.of(AliasAttributeType.EMAIL));
      case RECORDED ->
          request.userPoolAddOns(
              UserPoolAddOnsType.builder()
                  .advancedSecurityMode(AdvancedSecurityModeType.AUDIT)
                  .build());
      case EMAIL -> request.usernameAttributes(List.of(UsernameAttributeType.EMAIL));
    }
    scene(request);
  }

  private void scene(CreateUserPoolRequest.Builder request) {
    pool = fixture.pool(request);
    client =
        fixture
            .call(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientName("c")
                    .preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED)
                    .explicitAuthFlows(
                        List.of(
                            ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                            ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                            ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                    .build())
            .userPoolClient()
            .clientId();
  }

  private void confirmed(String name) {
    fixture.confirmed(
        pool,
        name,
        PASSWORD,
        UsersFixture.attributes("email", email(name), "email_verified", "true"));
  }

  private void unconfirmed(String name) {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder()
            .clientId(client)
            .username(name)
            .password(PASSWORD)
            .userAttributes(UsersFixture.attributes("email", email(name)))
            .build());
  }

  private static String email(String name) {
    return name.contains("@") ? name : name + "@example.com";
  }

  /** An answer as far as it may depend on the name, and its price. */
  private record Seen(String answer, Cost cost) {}

  private Seen seen(Function<String, String> attempt, String name) {
    String[] answer = new String[1];
    Cost cost = fixture.cost(() -> answer[0] = attempt.apply(name));
    return new Seen(answer[0].replace(name, "NAME"), cost);
  }

  private List<Seen> compare(int times, Form form, Function<String, String> attempt) {
    // caches and the day's key, at nobody's cost
    seen(attempt, "warm-up-" + email("x"));
    List<Seen> all = new ArrayList<>();
    for (int i = 1; i <= times; i++) {
      Seen known = seen(attempt, form.known);
      Seen unknown = seen(attempt, form.unknown);
      assertThat(unknown).as("attempt " + i).isEqualTo(known);
      all.add(unknown);
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

  private Map<String, String> challenge(String name, SrpClient srp) {
    return fixture
        .call(
            CognitoIdpOperations.INITIATE_AUTH,
            InitiateAuthRequest.builder()
                .clientId(client)
                .authFlow(AuthFlowType.USER_SRP_AUTH)
                .authParameters(Map.of("USERNAME", name, "SRP_A", srp.hexA()))
                .build())
        .challengeParameters();
  }

  private String srpStart(String name) {
    return tried(
        CognitoIdpOperations.INITIATE_AUTH,
        InitiateAuthRequest.builder()
            .clientId(client)
            .authFlow(AuthFlowType.USER_SRP_AUTH)
            .authParameters(
                Map.of("USERNAME", name, "SRP_A", SrpClient.random(new SecureRandom()).hexA()))
            .build(),
        answer ->
            answer.challengeName()
                + " "
                + answer.challengeParameters().keySet()
                + " "
                + form(answer.challengeParameters().get("USER_ID_FOR_SRP"), name));
  }

  private static String form(String userId, String name) {
    return userId.equals(name) ? "as typed" : userId.replaceAll("[0-9a-f]", "x");
  }

  private String srpAnswer(String name, Map<String, String> challenge, SrpClient srp) {
    String userId = challenge.get("USER_ID_FOR_SRP");
    String timestamp = SrpTimestamp.format(fixture.clock.now());
    String signature =
        srp.signature(
            SrpIdentity.ofUser(pool, userId),
            Secret.of(WRONG),
            new SrpClient.Challenge(
                challenge.get("SALT"), challenge.get("SRP_B"), challenge.get("SECRET_BLOCK")),
            timestamp);
    return tried(
        CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE,
        RespondToAuthChallengeRequest.builder()
            .clientId(client)
            .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
            .challengeResponses(
                Map.of(
                    "USERNAME",
                    name,
                    "PASSWORD_CLAIM_SECRET_BLOCK",
                    challenge.get("SECRET_BLOCK"),
                    "PASSWORD_CLAIM_SIGNATURE",
                    signature,
                    "TIMESTAMP",
                    timestamp))
            .build(),
        answer -> "signed in");
  }

  private String password(String name) {
    return tried(
        CognitoIdpOperations.INITIATE_AUTH,
        InitiateAuthRequest.builder()
            .clientId(client)
            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
            .authParameters(Map.of("USERNAME", name, "PASSWORD", WRONG))
            .build(),
        answer -> "signed in");
  }

  private String adminPassword(String name) {
    return tried(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        UsersFixture.signIn(pool, client, name, WRONG),
        answer -> "signed in");
  }

  private String forgot(String name) {
    return tried(
        CognitoIdpOperations.FORGOT_PASSWORD,
        ForgotPasswordRequest.builder().clientId(client).username(name).build(),
        answer -> shape(answer.codeDeliveryDetails()));
  }

  private String resend(String name) {
    return tried(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        ResendConfirmationCodeRequest.builder().clientId(client).username(name).build(),
        answer -> shape(answer.codeDeliveryDetails()));
  }

  private static String shape(CodeDeliveryDetailsType details) {
    assertThat(details.destination()).matches("[a-z0-9]\\*\\*\\*@[a-z0-9]\\*\\*\\*");
    return details.attributeName() + " by " + details.deliveryMedium();
  }

  private String confirmForgot(String name) {
    return tried(
        CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD,
        ConfirmForgotPasswordRequest.builder()
            .clientId(client)
            .username(name)
            .confirmationCode("no-code")
            .password("N3w-passw0rd")
            .build(),
        answer -> "changed");
  }

  private String confirmSignUp(String name) {
    return tried(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        ConfirmSignUpRequest.builder()
            .clientId(client)
            .username(name)
            .confirmationCode("no-code")
            .build(),
        answer -> "confirmed");
  }

  private static long writes(Seen seen) {
    return seen.cost().statements().stream().filter(verb -> !verb.equals("SELECT")).count();
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED an SRP challenge costs a name that nobody has the same reads and exponentiations as a user's, and has the same members and form of USER_ID_FOR_SRP")
  void srpChallenges(Form form) {
    scene(form);
    confirmed(form.known);
    List<Seen> seen = compare(3, form, this::srpStart);
    assertThat(seen.getFirst().answer()).startsWith("PASSWORD_VERIFIER");
    assertThat(seen.getFirst().cost().work()).containsEntry(Work.GENERATOR_POWER, 1L);

    SrpClient srp = SrpClient.random(new SecureRandom());
    Map<String, String> known = challenge(form.known, srp);
    Map<String, String> unknown = challenge(form.unknown, srp);
    // hexadecimal without leading zeros: one digit in sixteen is missing now and then
    assertThat(unknown.get("SALT")).matches("[1-9a-f][0-9a-f]{27,31}");
    assertThat(known.get("SALT")).matches("[1-9a-f][0-9a-f]{27,31}");
    assertThat(unknown.get("SRP_B").length()).isBetween(760, 768);
    assertThat(known.get("SRP_B").length()).isBetween(760, 768);
    assertThat(unknown.get("SECRET_BLOCK").length())
        .isBetween(known.get("SECRET_BLOCK").length() - 4, known.get("SECRET_BLOCK").length() + 4);
    assertThat(challenge(form.unknown, srp).get("SALT")).isEqualTo(unknown.get("SALT"));
    assertThat(challenge(form.unknown, srp).get("USER_ID_FOR_SRP"))
        .isEqualTo(unknown.get("USER_ID_FOR_SRP"));
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED a wrong SRP answer costs a name that nobody has what it costs a user, a write included; so does one during the lock-out that follows")
  void srpAnswers(Form form) {
    scene(form);
    confirmed(form.known);
    SrpClient srp = SrpClient.random(new SecureRandom());
    // begun before the lock, answered in it
    int times = 8;
    Map<String, List<Map<String, String>>> begun =
        Map.of(
            form.known, challenges(form.known, srp, times),
            form.unknown, challenges(form.unknown, srp, times));
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int time = i;
      Function<String, String> answer = name -> srpAnswer(name, begun.get(name).get(time), srp);
      Seen known = seen(answer, form.known);
      assertThat(seen(answer, form.unknown)).as("attempt " + i).isEqualTo(known);
      seen.add(known);
    }
    assertThat(seen.getFirst().cost().work()).containsEntry(Work.EXPONENTIATION, 2L);
    assertThat(writes(seen.getFirst())).isPositive();
    assertThat(seen.getLast().answer()).contains("Password attempts exceeded");
    // and no new round begins
    assertThat(compare(2, form, this::srpStart).getFirst().answer())
        .contains("Password attempts exceeded");
  }

  private List<Map<String, String>> challenges(String name, SrpClient srp, int times) {
    List<Map<String, String>> result = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      result.add(challenge(name, srp));
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED a wrong password costs a name that nobody has one hash and the same statements as a user, a write included; so it does during the lock-out")
  void passwords(Form form) {
    scene(form);
    confirmed(form.known);
    List<Seen> seen = compare(8, form, this::password);
    assertThat(seen.getFirst().cost().work()).containsEntry(Work.PASSWORD_HASH, 1L);
    assertThat(writes(seen.getFirst())).isPositive();
    assertThat(seen.getFirst().answer()).contains("Incorrect username or password.");
    assertThat(seen.getLast().answer()).contains("Password attempts exceeded");
  }

  @ParameterizedTest
  @EnumSource
  void administratorsPasswords(Form form) {
    scene(form);
    confirmed(form.known);
    List<Seen> seen = compare(8, form, this::adminPassword);
    assertThat(seen.getFirst().cost().work()).containsEntry(Work.PASSWORD_HASH, 1L);
    assertThat(seen.getLast().answer()).contains("Password attempts exceeded");
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED ForgotPassword and ConfirmForgotPassword with a wrong code answer and cost alike for users and names that nobody has, before and after a code was asked for and beyond the limit; nothing is sent to nobody")
  void forgottenPasswords(Form form) {
    scene(form);
    confirmed(form.known);
    assertThat(compare(2, form, this::confirmForgot).getFirst().answer())
        .startsWith("ExpiredCodeException");
    List<Seen> sends = compare(22, form, this::forgot);
    assertThat(sends.getFirst().answer()).isEqualTo("email by EMAIL");
    assertThat(writes(sends.getFirst())).isEqualTo(3 + form.recording());
    assertThat(sends.getLast().answer()).startsWith("LimitExceededException");
    List<Seen> answers = compare(22, form, this::confirmForgot);
    assertThat(answers.getFirst().answer()).startsWith("CodeMismatchException");
    assertThat(writes(answers.getFirst())).isEqualTo(1 + form.recording());
    assertThat(answers.getLast().answer()).startsWith("LimitExceededException");
    assertThat(fixture.sent.letters)
        .isNotEmpty()
        .allSatisfy(letter -> assertThat(letter.recipient()).isEqualTo(email(form.known)));
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED ResendConfirmationCode and ConfirmSignUp with a wrong code answer and cost alike for unconfirmed users and names that nobody has, beyond the limit too; nothing is sent to nobody")
  void signUps(Form form) {
    scene(form);
    unconfirmed(form.known);
    List<Seen> sends = compare(7, form, this::resend);
    assertThat(sends.getFirst().answer()).isEqualTo("email by EMAIL");
    assertThat(writes(sends.getFirst())).isEqualTo(3 + form.recording());
    assertThat(sends.getLast().answer()).startsWith("LimitExceededException");
    List<Seen> answers = compare(17, form, this::confirmSignUp);
    assertThat(answers.getFirst().answer()).startsWith("CodeMismatchException");
    assertThat(writes(answers.getFirst())).isEqualTo(1);
    assertThat(answers.getLast().answer()).startsWith("LimitExceededException");
    assertThat(fixture.sent.letters)
        .isNotEmpty()
        .allSatisfy(letter -> assertThat(letter.recipient()).isEqualTo(email(form.known)));
  }

  @Test
  @Shows(
      id = "auth-10",
      says =
          "the destination shown for a name that nobody has is the same each time, however the name is spelt, and fits the pool's ways of recovery")
  void destinationsOfNobody() {
    scene(Form.PLAIN);
    String first = destination("nobody");
    assertThat(first).matches("[a-z0-9]\\*\\*\\*@[a-z0-9]\\*\\*\\*");
    password("nobody");
    fixture.clock.advance(Duration.ofHours(30));
    assertThat(destination("nobody")).isEqualTo(first);
    assertThat(destination("NoBody")).isEqualTo(first);

    scene(Form.EMAIL);
    assertThat(destination("nobody@example.com")).isEqualTo("n***@e***");
    assertThat(destination("Nobody@Example.com")).isEqualTo("n***@e***");

    scene(recovering(RecoveryOptionNameType.VERIFIED_PHONE_NUMBER));
    assertThat(destination("nobody")).matches("\\+\\*{7}[0-9]{4}").isEqualTo(destination("nobody"));
    fixture.confirmed(
        pool,
        "hans",
        PASSWORD,
        UsersFixture.attributes("phone_number", "+4917612345678", "phone_number_verified", "true"));
    assertThat(destination("hans")).isEqualTo("+*******5678");
  }

  /** A first letter that is never nobody's would tell users. */
  @Test
  void nobodysAddressesBeginLikeAnybodys() {
    scene(Form.PLAIN);
    Set<Character> domains = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      domains.add(destination("nobody" + i).charAt("x***@".length()));
    }
    assertThat(domains).hasSizeGreaterThan(12);
  }

  private static CreateUserPoolRequest.Builder recovering(RecoveryOptionNameType way) {
    return CreateUserPoolRequest.builder()
        .accountRecoverySetting(
            AccountRecoverySettingType.builder()
                .recoveryMechanisms(
                    List.of(RecoveryOptionType.builder().name(way).priority(1).build()))
                .build());
  }

  private String destination(String name) {
    return fixture
        .call(
            CognitoIdpOperations.FORGOT_PASSWORD,
            ForgotPasswordRequest.builder().clientId(client).username(name).build())
        .codeDeliveryDetails()
        .destination();
  }

  @Test
  void whatThePoolRefusesIsRefusedToNobodyToo() {
    // an administrator alone resets passwords
    scene(recovering(RecoveryOptionNameType.ADMIN_ONLY));
    confirmed("somebody");
    assertThat(compare(1, Form.PLAIN, this::forgot).getFirst().answer())
        .startsWith("NotAuthorizedException: Contact administrator");
    // no address is verified at sign-up
    scene(CreateUserPoolRequest.builder());
    unconfirmed("somebody");
    assertThat(compare(1, Form.PLAIN, this::resend).getFirst().answer())
        .startsWith("InvalidParameterException: Cannot resend codes");
    // mail has no way out
    scene(Form.PLAIN);
    confirmed("somebody");
    fixture.sent.broken.add(Medium.EMAIL);
    assertThat(compare(1, Form.PLAIN, this::forgot).getFirst().answer())
        .startsWith("CodeDeliveryFailureException");
  }

  @Test
  void aSubThatNobodyHasLooksLikeOne() {
    scene(Form.EMAIL);
    confirmed(Form.EMAIL.known);
    String sub = fixture.user(pool, Form.EMAIL.known).username();
    SrpClient srp = SrpClient.random(new SecureRandom());
    assertThat(challenge(sub, srp).get("USER_ID_FOR_SRP")).isEqualTo(sub);
    String nobodys = UUID.randomUUID().toString();
    assertThat(challenge(nobodys, srp).get("USER_ID_FOR_SRP")).isEqualTo(nobodys);
  }

  /** Of names that compare alike, whatever their spelling, one is answered. */
  @Test
  void spellingsDoNotTellUsersFromNobody() {
    scene(
        CreateUserPoolRequest.builder()
            .usernameConfiguration(
                UsernameConfigurationType.builder().caseSensitive(true).build()));
    confirmed("\uff43arol");
    SrpClient srp = SrpClient.random(new SecureRandom());
    for (String name : List.of("carol", "\uff43arol")) {
      assertThat(challenge(name, srp).get("USER_ID_FOR_SRP")).isEqualTo("carol");
    }
    assertThat(challenge("\uff43aren", srp).get("USER_ID_FOR_SRP")).isEqualTo("caren");
  }

  /** The status of a user is no cheaper to ask for than a code is to guess. */
  @Test
  void askingForTheStatusIsCountedToo() {
    scene(Form.PLAIN);
    confirmed("somebody");
    for (int i = 0; i < AttemptLimit.CONFIRM_SIGN_UP.perHour(); i++) {
      assertThat(confirmSignUp("somebody"))
          .isEqualTo(
              "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED");
    }
    assertThat(confirmSignUp("somebody")).startsWith("LimitExceededException");
  }

  @Test
  void legacyClientsAreToldAtTheFirstStep() {
    scene(Form.PLAIN);
    client = fixture.client(pool);
    assertThat(adminPassword("nobody")).isEqualTo("UserNotFoundException: User does not exist.");
    assertThatThrownBy(() -> destination("nobody")).isInstanceOf(Refusal.class);
  }
}

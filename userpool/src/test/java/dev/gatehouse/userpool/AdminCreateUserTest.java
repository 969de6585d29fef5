package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.SignInPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.cognitoidp.UserType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.directory.Destination.Medium;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AdminCreateUser in its modes, and what becomes of the temporary password. */
@NullUnmarked
class AdminCreateUserTest {
  private static final String PASSWORD = "Temporary1!";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String pool() {
    return fixture.pool(CreateUserPoolRequest.builder());
  }

  private UserType create(AdminCreateUserRequest.Builder request) {
    return fixture.call(CognitoIdpOperations.ADMIN_CREATE_USER, request.build()).user();
  }

  private String refused(AdminCreateUserRequest.Builder request) {
    return fixture.refused(CognitoIdpOperations.ADMIN_CREATE_USER, request.build());
  }

  private static AdminCreateUserRequest.Builder ask(String pool, String username) {
    return AdminCreateUserRequest.builder().userPoolId(pool).username(username);
  }

  private static AdminCreateUserRequest.Builder askByMail(String pool, String name, String email) {
    return ask(pool, name)
        .userAttributes(UsersFixture.attributes("email", email))
        .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL));
  }

  @Test
  @Shows(id = "users-03", says = "AdminCreateUser makes a user FORCE_CHANGE_PASSWORD")
  void createsAndInvites() {
    String pool = pool();
    UserType user = create(askByMail(pool, "jan", "jan@example.com").temporaryPassword(PASSWORD));
    assertThat(user.userStatus().value()).isEqualTo("FORCE_CHANGE_PASSWORD");
    assertThat(user.enabled()).isTrue();
    assertThat(user.attributes().getFirst().name()).isEqualTo("sub");
    assertThat(UsersFixture.map(user.attributes()))
        .containsEntry("email", "jan@example.com")
        .doesNotContainKey("email_verified");
    assertThat(fixture.sent.last().recipient()).isEqualTo("jan@example.com");
    assertThat(fixture.sent.last().body()).contains("jan").contains(PASSWORD);
  }

  @Test
  @Shows(
      id = "users-03",
      says = "RESEND for a confirmed user is refused with UnsupportedUserStateException")
  void resendsOnlyInvitations() {
    String pool = pool();
    create(askByMail(pool, "jan", "jan@example.com"));
    fixture.call(
        CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
        AdminSetUserPasswordRequest.builder()
            .userPoolId(pool)
            .username("jan")
            .password("Permanent1!")
            .permanent(true)
            .build());
    assertThat(refused(ask(pool, "jan").messageAction(MessageActionType.RESEND)))
        .isEqualTo(
            "UnsupportedUserStateException: Resend not possible. jan status is not FORCE_CHANGE_PASSWORD");
    assertThat(refused(ask(pool, "nobody").messageAction(MessageActionType.RESEND)))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  @Shows(
      id = "users-03",
      says =
          "After TemporaryPasswordValidityDays sign-in is refused; RESEND makes it work again with a new password")
  void resendRestartsTheValidity() {
    String pool = pool();
    String client = fixture.client(pool);
    create(askByMail(pool, "jan", "jan@example.com").temporaryPassword(PASSWORD));
    fixture.clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "jan", PASSWORD)))
        .isEqualTo(
            "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.");
    create(
        ask(pool, "jan")
            .messageAction(MessageActionType.RESEND)
            .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL)));
    String drawn = fixture.sent.last().code().text();
    assertThat(drawn).isNotEqualTo(PASSWORD);
    AdminInitiateAuthResponse answer =
        fixture.call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, "jan", drawn));
    assertThat(answer.challengeName().value()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "jan", PASSWORD)))
        .isEqualTo("NotAuthorizedException: Incorrect username or password.");
  }

  @Test
  void aResendThatNobodyWouldReadLeavesThePasswordInForce() {
    String pool = pool();
    create(ask(pool, "jan").temporaryPassword(PASSWORD));
    assertThat(refused(ask(pool, "jan").messageAction(MessageActionType.RESEND)))
        .startsWith("InvalidParameterException: Cannot send SMS");
    AdminInitiateAuthResponse answer =
        fixture.call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, fixture.client(pool), "jan", PASSWORD));
    assertThat(answer.challengeName().value()).isEqualTo("NEW_PASSWORD_REQUIRED");
  }

  @Test
  void sendsNothingWhereNothingIsWanted() {
    String pool = pool();
    create(ask(pool, "bare"));
    create(askByMail(pool, "quiet", "q@example.com").messageAction(MessageActionType.SUPPRESS));
    assertThat(fixture.sent.letters).isEmpty();
  }

  @Test
  void smsIsTheMediumThatNobodyNamed() {
    String pool = pool();
    create(
        ask(pool, "jan")
            .userAttributes(
                UsersFixture.attributes(
                    "email", "j@example.com", "phone_number", "+491701234567")));
    assertThat(fixture.sent.last().medium()).isEqualTo(Medium.SMS);
    create(
        ask(pool, "both")
            .userAttributes(
                UsersFixture.attributes("email", "b@example.com", "phone_number", "+491701234568"))
            .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL, DeliveryMediumType.SMS)));
    assertThat(fixture.sent.letters).hasSize(3);
  }

  @Test
  void aMediumThatIsAskedForNeedsItsAttribute() {
    String pool = pool();
    assertThat(refused(ask(pool, "jan").desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL))))
        .isEqualTo("InvalidParameterException: Cannot send email, since no email was given");
    assertThat(refused(ask(pool, "jan").desiredDeliveryMediums(List.of(DeliveryMediumType.SMS))))
        .isEqualTo("InvalidParameterException: Cannot send SMS, since no phone number was given");
  }

  @Test
  void keepsTheAccountWhenTheInvitationCannotLeave() {
    String pool = pool();
    fixture.sent.broken.add(Medium.EMAIL);
    assertThat(refused(askByMail(pool, "jan", "jan@example.com")))
        .startsWith("CodeDeliveryFailureException: ");
    assertThat(fixture.status(pool, "jan")).isEqualTo("FORCE_CHANGE_PASSWORD");
  }

  @Test
  void refusesWhatExistsAndWhatIsMalformed() {
    String pool = pool();
    create(ask(pool, "jan"));
    assertThat(refused(ask(pool, "jan")))
        .isEqualTo("UsernameExistsException: User account already exists");
    assertThat(refused(ask(pool, "eva").temporaryPassword("short")))
        .startsWith("InvalidPasswordException: Password did not conform with policy: ");
    assertThat(refused(ask(pool, "eva").userAttributes(UsersFixture.attributes("custom:no", "1"))))
        .startsWith("InvalidParameterException: Attributes did not conform to the schema: ");
    assertThat(refused(ask(pool, "eva").userAttributes(UsersFixture.attributes("email", "no"))))
        .isEqualTo("InvalidParameterException: Invalid email address format.");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_CREATE_USER,
                ask(UsersFixture.REGION + "_aaaaaaaaa", "eva").build()))
        .startsWith("ResourceNotFoundException: ");
  }

  @Test
  void setsImmutableAttributesAndVerifiedFlagsAndLeavesRequiredOnesOut() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .schema(
                    List.of(
                        SchemaAttributeType.builder()
                            .name("tenant")
                            .attributeDataType(AttributeDataType.STRING)
                            .mutable(false)
                            .build(),
                        SchemaAttributeType.builder()
                            .name("given_name")
                            .attributeDataType(AttributeDataType.STRING)
                            .mutable(true)
                            .required(true)
                            .build())));
    UserType user =
        create(
            ask(pool, "jan")
                .userAttributes(
                    UsersFixture.attributes(
                        "custom:tenant",
                        "t1",
                        "email",
                        "j@example.com",
                        "email_verified",
                        "True")));
    assertThat(UsersFixture.map(user.attributes()))
        .containsEntry("custom:tenant", "t1")
        .containsEntry("email_verified", "true")
        .doesNotContainKey("given_name");
  }

  @Test
  void aPasswordlessPoolsUserNeedsNone() {
    String pool =
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
    UserType user = create(askByMail(pool, "jan", "jan@example.com"));
    assertThat(user.userStatus().value()).isEqualTo("CONFIRMED");
    assertThat(fixture.sent.last().body()).isEqualTo("Your username is jan.");
    UserType other = create(askByMail(pool, "eva", "eva@example.com").temporaryPassword(PASSWORD));
    assertThat(other.userStatus().value()).isEqualTo("FORCE_CHANGE_PASSWORD");
  }

  @Test
  void anAliasMovesOnlyByForce() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder().aliasAttributes(List.of(AliasAttributeType.EMAIL)));
    var verified = UsersFixture.attributes("email", "a@example.com", "email_verified", "true");
    create(ask(pool, "old").userAttributes(verified));
    assertThat(refused(ask(pool, "new").userAttributes(verified)))
        .isEqualTo("AliasExistsException: An account with the given email already exists.");
    create(ask(pool, "new").userAttributes(verified).forceAliasCreation(true));
    assertThat(fixture.user(pool, "a@example.com").username()).isEqualTo("new");
    assertThat(UsersFixture.map(fixture.user(pool, "old").userAttributes()))
        .containsEntry("email", "a@example.com")
        .containsEntry("email_verified", "false");
  }

  @Test
  @Shows(
      id = "users-09",
      says = "In an e-mail-username pool Username in answers is a UUID equal to sub")
  void anEmailUsernameBecomesTheAttribute() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .usernameAttributes(List.of(UsernameAttributeType.EMAIL)));
    UserType user = create(ask(pool, "jan@example.com"));
    Map<String, String> attributes = UsersFixture.map(user.attributes());
    assertThat(user.username()).isEqualTo(attributes.get("sub"));
    assertThat(attributes).containsEntry("email", "jan@example.com");
    assertThat(fixture.user(pool, "jan@example.com").username()).isEqualTo(user.username());
    assertThat(fixture.user(pool, user.username()).username()).isEqualTo(user.username());
    assertThat(refused(ask(pool, "jan@example.com")))
        .isEqualTo("UsernameExistsException: User account already exists");
    assertThat(refused(ask(pool, "jan")))
        .isEqualTo("InvalidParameterException: Username should be an email.");
  }

  @Test
  void anEmailUsernameMovesByForceWhenBothSidesAreVerified() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .usernameAttributes(List.of(UsernameAttributeType.EMAIL)));
    var verified = UsersFixture.attributes("email_verified", "true");
    UserType old = create(ask(pool, "a@example.com").userAttributes(verified));
    assertThat(refused(ask(pool, "a@example.com").forceAliasCreation(true)))
        .isEqualTo("UsernameExistsException: User account already exists");
    assertThat(refused(ask(pool, "a@example.com").userAttributes(verified)))
        .isEqualTo("AliasExistsException: An account with the given email already exists.");
    UserType moved =
        create(ask(pool, "a@example.com").userAttributes(verified).forceAliasCreation(true));
    assertThat(fixture.user(pool, "a@example.com").username()).isEqualTo(moved.username());
    assertThat(UsersFixture.map(fixture.user(pool, old.username()).userAttributes()))
        .containsEntry("email_verified", "false");
  }

  @Test
  @Tag("race")
  void manyForcingAtOnceLeaveOneOwnerOfTheAlias() throws Exception {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder().aliasAttributes(List.of(AliasAttributeType.EMAIL)));
    var verified = UsersFixture.attributes("email", "a@example.com", "email_verified", "true");
    List<String> names = IntStream.range(0, 8).mapToObj(i -> "user" + i).toList();
    List<Future<UserType>> created;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      created =
          threads.invokeAll(
              names.stream()
                  .<Callable<UserType>>map(name ->
                      () ->
                          create(ask(pool, name).userAttributes(verified).forceAliasCreation(true)))
                  .toList());
    }
    // whoever lost eight times in a row was refused; nobody was half made
    List<String> made =
        names.stream()
            .filter(name -> created.get(names.indexOf(name)).state() == Future.State.SUCCESS)
            .toList();
    List<String> owners =
        made.stream()
            .filter(name ->
                "true"
                    .equals(
                        UsersFixture.map(fixture.user(pool, name).userAttributes())
                            .get("email_verified")))
            .toList();
    assertThat(made).isNotEmpty();
    assertThat(owners).containsExactly(fixture.user(pool, "a@example.com").username());
  }
}

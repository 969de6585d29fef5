package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.model.cognitoidp.AdminDeleteUserRequest;
import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AdminListUserAuthEventsRequest;
import dev.gatehouse.model.cognitoidp.AdminListUserAuthEventsResponse;
import dev.gatehouse.model.cognitoidp.AdvancedSecurityModeType;
import dev.gatehouse.model.cognitoidp.AuthEventType;
import dev.gatehouse.model.cognitoidp.ChangePasswordRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.ContextDataType;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UserPoolAddOnsType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded of users, and what becomes of it. */
@NullUnmarked
class AuthEventsTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final String ANOTHER = "P@ssw0rd-2";
  private static final String WRONG = "Wr0ng-pass-1";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder()
              .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
              .userPoolAddOns(
                  UserPoolAddOnsType.builder()
                      .advancedSecurityMode(AdvancedSecurityModeType.AUDIT)
                      .build()));
  private final String client = fixture.client(pool);

  @AfterEach
  void close() {
    fixture.close();
  }

  private static AdminListUserAuthEventsRequest listing(String pool, String name) {
    return AdminListUserAuthEventsRequest.builder().userPoolId(pool).username(name).build();
  }

  private List<AuthEventType> events(String name) {
    return fixture
        .call(CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS, listing(pool, name))
        .authEvents();
  }

  private void ada() {
    fixture.confirmed(
        pool,
        "ada",
        PASSWORD,
        UsersFixture.attributes("email", "ada@example.com", "email_verified", "true"));
  }

  private String signIn(String password) {
    return fixture
        .call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, "ada", password))
        .authenticationResult()
        .accessToken();
  }

  private String refusedSignIn(String password) {
    return fixture.refused(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        UsersFixture.signIn(pool, client, "ada", password));
  }

  private void assertNewest(String kind, String response, String... challenges) {
    AuthEventType newest = events("ada").getFirst();
    assertThat(newest.eventType().value()).isEqualTo(kind);
    assertThat(newest.eventResponse().value()).isEqualTo(response);
    assertThat(newest.challengeResponses())
        .extracting(c -> c.challengeName().value() + " " + c.challengeResponse().value())
        .containsExactly(challenges);
    fixture.clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void whatUsersDo() {
    ada();
    assertThat(events("ada")).as("what administrators do is not the user's").isEmpty();
    String token = signIn(PASSWORD);
    assertNewest("SignIn", "Pass", "Password Success");
    refusedSignIn(WRONG);
    assertNewest("SignIn", "Fail", "Password Failure");
    fixture.refused(CognitoIdpOperations.CHANGE_PASSWORD, change(token, WRONG, ANOTHER));
    assertNewest("PasswordChange", "Fail", "Password Failure");
    fixture.call(CognitoIdpOperations.CHANGE_PASSWORD, change(token, PASSWORD, ANOTHER));
    assertNewest("PasswordChange", "Pass", "Password Success");
    fixture.call(
        CognitoIdpOperations.FORGOT_PASSWORD,
        ForgotPasswordRequest.builder().clientId(client).username("ada").build());
    assertNewest("ForgotPassword", "Pass");
    String code = fixture.sent.last().code().text();
    fixture.refused(
        CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD,
        confirmation(code.equals("000000") ? "000001" : "000000"));
    assertNewest("PasswordChange", "Fail");
    fixture.call(CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD, confirmation(code));
    assertNewest("PasswordChange", "Pass");
    fixture.call(
        CognitoIdpOperations.ADMIN_DISABLE_USER,
        AdminDisableUserRequest.builder().userPoolId(pool).username("ada").build());
    assertThat(refusedSignIn(PASSWORD)).contains("User is disabled.");
    assertThat(events("ada")).hasSize(7);
  }

  private ConfirmForgotPasswordRequest confirmation(String code) {
    return ConfirmForgotPasswordRequest.builder()
        .clientId(client)
        .username("ada")
        .confirmationCode(code)
        .password("P@ssw0rd-3")
        .build();
  }

  private static ChangePasswordRequest change(String token, String from, String to) {
    return ChangePasswordRequest.builder()
        .accessToken(token)
        .previousPassword(from)
        .proposedPassword(to)
        .build();
  }

  @Test
  void whoRegisters() {
    fixture.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder()
            .clientId(client)
            .username("ada")
            .password(PASSWORD)
            .userAttributes(UsersFixture.attributes("email", "ada@example.com"))
            .build());
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.call(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        ResendConfirmationCodeRequest.builder().clientId(client).username("ada").build());
    assertThat(events("ada"))
        .extracting(event -> event.eventType().value(), event -> event.eventResponse().value())
        .containsExactly(tuple("ResendCode", "Pass"), tuple("SignUp", "Pass"));
  }

  @Test
  void whereItCameFrom() {
    ada();
    signIn(PASSWORD);
    AuthEventType own = events("ada").getFirst();
    assertThat(own.eventContextData().ipAddress()).isEqualTo("::1");
    assertThat(own.eventContextData().deviceName()).isNull();
    assertThat(own.eventRisk()).isNull();
    assertThat(own.eventFeedback()).isNull();
    fixture.clock.advance(Duration.ofSeconds(1));
    for (String told : new String[] {"192.0.2.7", "<script>", "not an address"}) {
      AdminInitiateAuthRequest request =
          UsersFixture.signIn(pool, client, "ada", PASSWORD).toBuilder()
              .contextData(
                  ContextDataType.builder()
                      .ipAddress(told)
                      .serverName("s")
                      .serverPath("/")
                      .httpHeaders(List.of())
                      .build())
              .build();
      fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, request);
      assertThat(events("ada").getFirst().eventContextData().ipAddress())
          .isEqualTo(told.startsWith("1") ? told : "::1");
      fixture.clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void pagesAreTheNewestFirst() {
    ada();
    for (int i = 0; i < 5; i++) {
      signIn(PASSWORD); // within one millisecond of the clock
    }
    List<String> found = new ArrayList<>();
    String next = null;
    do {
      AdminListUserAuthEventsResponse page =
          fixture.call(
              CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS,
              listing(pool, "ada").toBuilder().maxResults(2).nextToken(next).build());
      assertThat(page.authEvents()).hasSizeBetween(1, 2);
      page.authEvents().forEach(event -> found.add(event.eventId()));
      next = page.nextToken();
    } while (next != null);
    assertThat(found).hasSize(5).doesNotHaveDuplicates();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS,
                listing(pool, "ada").toBuilder().nextToken("bogus").build()))
        .startsWith("InvalidParameterException");
  }

  @Test
  void whatIsRecordedEnds() {
    ada();
    signIn(PASSWORD);
    fixture.clock.advance(Duration.ofDays(2 * 365).minusHours(1));
    signIn(PASSWORD);
    fixture.module.housekeeping().run();
    assertThat(events("ada")).hasSize(2);
    fixture.clock.advance(Duration.ofHours(2));
    fixture.module.housekeeping().run();
    assertThat(events("ada")).hasSize(1);
    fixture.call(
        CognitoIdpOperations.ADMIN_DELETE_USER,
        AdminDeleteUserRequest.builder().userPoolId(pool).username("ada").build());
    assertThat(rows()).isZero();
  }

  private long rows() {
    return fixture.database.<Long>read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM auth_event").mapTo(Long.class).one());
  }

  @Test
  void lockedOutGuessesFillNothing() {
    ada();
    for (int i = 0; i < 20; i++) {
      refusedSignIn(WRONG);
    }
    assertThat(events("ada")).hasSize(5);
  }

  @Test
  void otherPoolsRecordNothing() {
    String plain = fixture.pool(CreateUserPoolRequest.builder());
    fixture.confirmed(plain, "ada", PASSWORD, List.of());
    fixture.call(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        UsersFixture.signIn(plain, fixture.client(plain), "ada", PASSWORD));
    assertThat(rows()).isZero();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS, listing(plain, "ada")))
        .startsWith("UserPoolAddOnNotEnabledException");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS, listing(pool, "nobody")))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }
}

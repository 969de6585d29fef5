package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

@ExtendWith(TestServer.Extension.class)
class AdminUsersTest {
  private static final String TEMPORARY = "T3mporary-pass";

  private final TestServer server;

  AdminUsersTest(TestServer server) {
    this.server = server;
  }

  private AdminCreateUserResponse create(
      Scene scene, String username, AttributeType... attributes) {
    return server
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .temporaryPassword(TEMPORARY)
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(attributes));
  }

  private AdminGetUserResponse get(Scene scene, String username) {
    return server.admin().adminGetUser(r -> r.userPoolId(scene.poolId).username(username));
  }

  private RespondToAuthChallengeResponse newPassword(
      Scene scene, InitiateAuthResponse challenge, String username, Map<String, String> more) {
    Map<String, String> answers = new HashMap<>(more);
    answers.put("USERNAME", username);
    answers.putIfAbsent("NEW_PASSWORD", Scene.PASSWORD);
    return scene
        .anonymous()
        .respondToAuthChallenge(r ->
            r.clientId(scene.clientId())
                .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                .session(challenge.session())
                .challengeResponses(answers));
  }

  @Test
  @Shows(
      id = "users-03",
      says =
          "an invited user must change the temporary password, which expires; RESEND makes it work again, for such users only")
  void invitations() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    AdminCreateUserResponse made = create(scene, username);
    assertThat(made.user().userStatus()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    assertThat(made.user().enabled()).isTrue();
    assertThatThrownBy(() -> create(scene, username))
        .isInstanceOf(UsernameExistsException.class)
        .hasMessageContaining("User account already exists");
    assertThat(scene.beginWithPassword(username, TEMPORARY).challengeName())
        .isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);
    server.server().clock().advance(Duration.ofDays(8));
    assertThatThrownBy(() -> scene.beginWithPassword(username, TEMPORARY))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(
            "Temporary password has expired and must be reset by an administrator.");
    String email = Scene.emailOf(username);
    server
        .admin()
        .adminUpdateUserAttributes(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .userAttributes(
                    Scene.attribute("email", email), Scene.attribute("email_verified", "True")));
    server
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(username)
                .messageAction(MessageActionType.RESEND)
                .desiredDeliveryMediums(DeliveryMediumType.EMAIL));
    String sent = server.codeSentTo(email);
    InitiateAuthResponse again = scene.beginWithPassword(username, sent);
    assertThat(newPassword(scene, again, username, Map.of()).authenticationResult()).isNotNull();
    assertThatThrownBy(() ->
            server
                .admin()
                .adminCreateUser(r ->
                    r.userPoolId(scene.poolId)
                        .username(username)
                        .messageAction(MessageActionType.RESEND)))
        .isInstanceOf(UnsupportedUserStateException.class)
        .hasMessageContaining(
            "Resend not possible. " + username + " status is not FORCE_CHANGE_PASSWORD");
  }

  @Test
  void theNewPasswordChallengeIsAnsweredOnceWithWhatIsMissing() {
    Scene scene =
        Scene.of(
            server,
            pool ->
                pool.schema(
                    SchemaAttributeType.builder().name("family_name").required(true).build()),
            client -> {});
    String username = Scene.newName();
    create(scene, username, Scene.attribute("email", "given@example.com"));
    InitiateAuthResponse challenge = scene.beginWithPassword(username, TEMPORARY);
    assertThat(challenge.challengeParameters().get("requiredAttributes"))
        .isEqualTo("[\"userAttributes.family_name\"]");
    assertThat(challenge.challengeParameters().get("userAttributes")).contains("given@example.com");
    assertThatThrownBy(() -> newPassword(scene, challenge, username, Map.of()))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Invalid attributes given, family_name is missing");
    assertThatThrownBy(() ->
            newPassword(
                scene,
                challenge,
                username,
                Map.of(
                    "userAttributes.family_name", "Doe",
                    "userAttributes.email", "other@example.com")))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Cannot modify an already provided email");
    assertThatThrownBy(() ->
            newPassword(
                scene,
                challenge,
                username,
                Map.of("NEW_PASSWORD", "short", "userAttributes.family_name", "Doe")))
        .isInstanceOf(InvalidPasswordException.class);
    Map<String, String> good = Map.of("userAttributes.family_name", "Doe");
    assertThat(newPassword(scene, challenge, username, good).authenticationResult()).isNotNull();
    assertThat(get(scene, username).userStatus()).isEqualTo(UserStatusType.CONFIRMED);
    assertThatThrownBy(() -> newPassword(scene, challenge, username, good))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session can only be used once");
    create(scene, username + "-2");
    InitiateAuthResponse late = scene.beginWithPassword(username + "-2", TEMPORARY);
    server.server().clock().advance(Duration.ofMinutes(4));
    assertThatThrownBy(() -> newPassword(scene, late, username + "-2", good))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("session is expired");
  }

  @Test
  void sessionsAreBoundToUserClientAndCaller() {
    Scene scene = Scene.of(server);
    Scene other = scene.withClient(c -> {});
    String one = Scene.newName();
    String two = Scene.newName();
    create(scene, one);
    create(scene, two);
    InitiateAuthResponse challenge = scene.beginWithPassword(one, TEMPORARY);
    assertInvalidSession(() -> newPassword(scene, challenge, two, Map.of()));
    assertInvalidSession(() -> newPassword(other, challenge, one, Map.of()));
    assertInvalidSession(() ->
        server
            .admin()
            .adminRespondToAuthChallenge(r ->
                r.userPoolId(scene.poolId)
                    .clientId(scene.clientId())
                    .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                    .session(challenge.session())
                    .challengeResponses(Map.of("USERNAME", one, "NEW_PASSWORD", Scene.PASSWORD))));
    assertInvalidSession(() ->
        scene
            .anonymous()
            .respondToAuthChallenge(r ->
                r.clientId(scene.clientId())
                    .challengeName(ChallengeNameType.SMS_MFA)
                    .session(challenge.session())
                    .challengeResponses(Map.of("USERNAME", one, "SMS_MFA_CODE", "123456"))));
    assertInvalidSession(() ->
        scene
            .anonymous()
            .respondToAuthChallenge(r ->
                r.clientId(scene.clientId())
                    .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                    .session("AYABeForgedForgedForgedForged")
                    .challengeResponses(Map.of("USERNAME", one, "NEW_PASSWORD", "x"))));
  }

  private static void assertInvalidSession(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid session for the user.");
  }

  @Test
  @Shows(
      id = "users-04",
      says =
          "a permanent password set by an administrator signs in at once, a temporary one leads to the challenge")
  void passwordsSetByAdministrators() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    create(scene, username);
    setPassword(scene, username, Scene.PASSWORD, true);
    assertThat(scene.signIn(username, Scene.PASSWORD)).isNotNull();
    assertThat(scene.signInWithSrp(username, Scene.PASSWORD, Scene.Habit.AMPLIFY)).isNotNull();
    assertThatThrownBy(() -> setPassword(scene, username, "weakpass", true))
        .isInstanceOf(InvalidPasswordException.class);
    setPassword(scene, username, TEMPORARY, false);
    assertThat(scene.beginWithPassword(username, TEMPORARY).challengeName())
        .isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);
    assertThatThrownBy(() -> setPassword(scene, "nobody", Scene.PASSWORD, true))
        .isInstanceOf(UserNotFoundException.class)
        .hasMessageContaining("User does not exist.");
  }

  private void setPassword(Scene scene, String username, String password, boolean permanent) {
    server
        .admin()
        .adminSetUserPassword(r ->
            r.userPoolId(scene.poolId).username(username).password(password).permanent(permanent));
  }

  @Test
  @Shows(
      id = "users-05",
      says = "ForgotPassword of a user with a temporary password is refused for its state")
  void temporaryPasswordsAreNotForgotten() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    create(
        scene,
        username,
        Scene.attribute("email", "test@test.com"),
        Scene.attribute("email_verified", "true"));
    assertThatThrownBy(() ->
            scene.anonymous().forgotPassword(r -> r.clientId(scene.clientId()).username(username)))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("User password cannot be reset in the current state.");
    setPassword(scene, username, Scene.PASSWORD, true);
    assertThat(
            scene
                .anonymous()
                .forgotPassword(r -> r.clientId(scene.clientId()).username(username))
                .codeDeliveryDetails()
                .destination())
        .isEqualTo("t***@t***");
  }

  @Test
  @Shows(
      id = "users-07",
      says =
          "ListUsers filters by e-mail, name prefix, status, enabled and sub, and refuses custom attributes")
  void filters() {
    Scene scene = Scene.of(server);
    create(
        scene, "jane", Scene.attribute("email", "a@b.cc"), Scene.attribute("given_name", "Jane"));
    create(scene, "janet");
    create(scene, "bob", Scene.attribute("email", "bob@b.cc"));
    setPassword(scene, "bob", Scene.PASSWORD, true);
    server.admin().adminDisableUser(r -> r.userPoolId(scene.poolId).username("janet"));
    String sub =
        get(scene, "bob").userAttributes().stream()
            .filter(a -> a.name().equals("sub"))
            .findFirst()
            .orElseThrow()
            .value();
    assertThat(list(scene, "email = \"a@b.cc\"")).containsExactly("jane");
    assertThat(list(scene, "email ^= \"b\"")).containsExactly("bob");
    assertThat(list(scene, "username ^= \"jan\"")).containsExactlyInAnyOrder("jane", "janet");
    assertThat(list(scene, "\"username\"=\"Jane\"")).isEmpty();
    assertThat(list(scene, "given_name = \"Jane\"")).containsExactly("jane");
    assertThat(list(scene, "cognito:user_status = \"confirmed\"")).containsExactly("bob");
    assertThat(list(scene, "status = \"Disabled\"")).containsExactly("janet");
    assertThat(list(scene, "status = \"Enabled\"")).containsExactlyInAnyOrder("jane", "bob");
    assertThat(list(scene, "sub = \"" + sub + "\"")).containsExactly("bob");
    assertThat(list(scene, "")).hasSize(3);
    assertThatThrownBy(() -> list(scene, "custom:x = \"1\""))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Invalid search attribute: custom:x");
    for (String bad :
        new String[] {"email", "email = a", "email == \"a\"", "email = \"a", "= \"a\""}) {
      assertThatThrownBy(() -> list(scene, bad))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("Error while parsing filter");
    }
  }

  private List<String> list(Scene scene, String filter) {
    return server.admin().listUsers(r -> r.userPoolId(scene.poolId).filter(filter)).users().stream()
        .map(UserType::username)
        .toList();
  }

  @Test
  @Shows(
      id = "protocol-08",
      says =
          "150 users come in pages of 60, 60 and 30, none twice, without a token at the end; an altered token is refused")
  void pages() {
    Scene scene = Scene.of(server);
    for (int i = 0; i < 150; i++) {
      String username = "page-" + i;
      server
          .admin()
          .adminCreateUser(r ->
              r.userPoolId(scene.poolId)
                  .username(username)
                  .temporaryPassword(TEMPORARY)
                  .messageAction(MessageActionType.SUPPRESS));
    }
    List<Integer> sizes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      String at = token;
      ListUsersResponse page =
          server.admin().listUsers(r -> r.userPoolId(scene.poolId).limit(60).paginationToken(at));
      sizes.add(page.users().size());
      page.users().forEach(user -> names.add(user.username()));
      token = page.paginationToken();
    } while (token != null);
    assertThat(sizes).containsExactly(60, 60, 30);
    assertThat(names).hasSize(150).doesNotHaveDuplicates();
    assertThatThrownBy(() ->
            server
                .admin()
                .listUsers(
                    r -> r.userPoolId(scene.poolId).limit(60).paginationToken("AAAAAAAAAAAA")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  @Shows(
      id = "protocol-05",
      says =
          "ListUserPools without MaxResults is a validation error; unsigned it is not even looked at")
  void maxResultsIsRequired() {
    assertThatThrownBy(() -> server.admin().listUserPools(r -> {}))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Value null at 'maxResults'");
    assertThat(server.raw("ListUserPools", "{}").json().get("__type").asString())
        .isEqualTo("MissingAuthenticationTokenException");
  }

  @Test
  @Shows(
      id = "users-08",
      says =
          "a disabled user's tokens fail and stay void when it is enabled again; a new sign-in works")
  void disabling() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    server.admin().adminDisableUser(r -> r.userPoolId(scene.poolId).username(username));
    assertThatThrownBy(() -> scene.refresh(tokens.refreshToken()))
        .isInstanceOf(NotAuthorizedException.class);
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class);
    assertThatThrownBy(() -> scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("User is disabled.");
    server.admin().adminEnableUser(r -> r.userPoolId(scene.poolId).username(username));
    assertThatThrownBy(() -> scene.refresh(tokens.refreshToken()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Refresh Token has been revoked");
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Access Token has been revoked");
    assertThat(scene.signIn(username, Scene.PASSWORD)).isNotNull();
  }

  @Test
  @Shows(id = "userpool-12", says = "a user is always shown with both dates")
  void datesOfUsers() {
    Scene scene = Scene.of(server);
    create(scene, "dated");
    AdminGetUserResponse user = get(scene, "dated");
    assertThat(user.userCreateDate()).isNotNull();
    assertThat(user.userLastModifiedDate()).isNotNull();
    assertThat(user.userAttributes().getFirst().name()).isEqualTo("sub");
  }

  @Test
  void resetByAdministratorsEndsTheOldPassword() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    server.admin().adminResetUserPassword(r -> r.userPoolId(scene.poolId).username(username));
    assertThat(get(scene, username).userStatus()).isEqualTo(UserStatusType.RESET_REQUIRED);
    assertThatThrownBy(() -> scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(PasswordResetRequiredException.class)
        .hasMessageContaining("Password reset required for the user");
    String code = server.codeSentTo(Scene.emailOf(username));
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(code)
                .password("An0ther-pass"));
    assertThat(scene.signIn(username, "An0ther-pass")).isNotNull();
  }

  @Test
  void deletedUsersAndForeignPoolsAreUnknown() {
    Scene scene = Scene.of(server);
    create(scene, "gone");
    server.admin().adminDeleteUser(r -> r.userPoolId(scene.poolId).username("gone"));
    assertThatThrownBy(() -> get(scene, "gone")).isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() ->
            server.admin().adminGetUser(r -> r.userPoolId("us-east-1_nowhere00").username("x")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("User pool us-east-1_nowhere00 does not exist.");
  }

  @Test
  void administratorsSignUsersInWithTheirPassword() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    assertThat(
            server
                .admin()
                .adminInitiateAuth(r ->
                    r.userPoolId(scene.poolId)
                        .clientId(scene.clientId())
                        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", username, "PASSWORD", Scene.PASSWORD)))
                .authenticationResult()
                .accessToken())
        .isNotEmpty();
  }
}

package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

@ExtendWith(TestServer.Extension.class)
class SignUpTest {
  private final TestServer server;

  SignUpTest(TestServer server) {
    this.server = server;
  }

  private void confirm(Scene scene, String username, String code) {
    scene
        .anonymous()
        .confirmSignUp(r -> r.clientId(scene.clientId()).username(username).confirmationCode(code));
  }

  private static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  @Test
  @Shows(
      id = "users-01",
      says =
          "a sign-up is UNCONFIRMED, its name is taken, a wrong code is refused, the right one confirms and verifies, once")
  void signUpToConfirmed() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    SignUpResponse answer =
        scene
            .anonymous()
            .signUp(r ->
                r.clientId(scene.clientId())
                    .username(username)
                    .password(Scene.PASSWORD)
                    .userAttributes(Scene.attribute("email", "test@test.com")));
    assertThat(answer.userConfirmed()).isFalse();
    assertThat(answer.userSub()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(answer.codeDeliveryDetails().destination()).isEqualTo("t***@t***");
    assertThat(answer.codeDeliveryDetails().deliveryMedium()).isEqualTo(DeliveryMediumType.EMAIL);
    assertThatThrownBy(() -> scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(UserNotConfirmedException.class)
        .hasMessageContaining("User is not confirmed.");
    assertThatThrownBy(() -> scene.signUp(username, Scene.PASSWORD))
        .isInstanceOf(UsernameExistsException.class)
        .hasMessageContaining("User already exists");
    String code = server.codeSentTo("test@test.com");
    assertThatThrownBy(() -> confirm(scene, username, wrong(code)))
        .isInstanceOf(CodeMismatchException.class)
        .hasMessageContaining("Invalid verification code provided, please try again.");
    confirm(scene, username, code);
    assertThatThrownBy(() -> confirm(scene, username, code))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("User cannot be confirmed. Current status is CONFIRMED");
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    assertThat(scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())).userAttributes())
        .contains(Scene.attribute("email_verified", "true"));
  }

  @Test
  @Shows(
      id = "users-02",
      says =
          "no code without the address, and none for an address that is not verified automatically")
  void noCodeWithoutReason() {
    Scene verifying = Scene.of(server);
    SignUpResponse bare =
        verifying
            .anonymous()
            .signUp(r ->
                r.clientId(verifying.clientId())
                    .username(Scene.newName())
                    .password(Scene.PASSWORD));
    assertThat(bare.codeDeliveryDetails()).isNull();
    Scene plain =
        Scene.of(
            server,
            pool -> pool.autoVerifiedAttributes(java.util.List.<VerifiedAttributeType>of()),
            client -> {});
    SignUpResponse given =
        plain
            .anonymous()
            .signUp(r ->
                r.clientId(plain.clientId())
                    .username(Scene.newName())
                    .password(Scene.PASSWORD)
                    .userAttributes(Scene.attribute("email", "nobody@example.org")));
    assertThat(given.codeDeliveryDetails()).isNull();
    assertThat(server.messagesTo("nobody@example.org")).isEmpty();
  }

  @Test
  @Shows(
      id = "users-11",
      says =
          "fifteen wrong codes within an hour are wrong codes, the sixteenth is over the limit, even a right one; an hour later it is not")
  void codeAttemptsAreLimited() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    scene.signUp(username, Scene.PASSWORD);
    String code = server.codeSentTo(Scene.emailOf(username));
    for (int i = 0; i < 15; i++) {
      assertThatThrownBy(() -> confirm(scene, username, wrong(code)))
          .isInstanceOf(CodeMismatchException.class);
    }
    for (String any : new String[] {wrong(code), code}) {
      assertThatThrownBy(() -> confirm(scene, username, any))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("Attempt limit exceeded, please try after some time.");
    }
    server.server().clock().advance(Duration.ofMinutes(61));
    confirm(scene, username, code);
  }

  @Test
  void codesExpireAndAreReplaced() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    scene.signUp(username, Scene.PASSWORD);
    String first = server.codeSentTo(Scene.emailOf(username));
    scene.anonymous().resendConfirmationCode(r -> r.clientId(scene.clientId()).username(username));
    String second = server.codeSentTo(Scene.emailOf(username));
    if (!first.equals(second)) {
      assertThatThrownBy(() -> confirm(scene, username, first))
          .isInstanceOf(CodeMismatchException.class);
    }
    server.server().clock().advance(Duration.ofHours(25));
    assertThatThrownBy(() -> confirm(scene, username, second))
        .isInstanceOf(ExpiredCodeException.class)
        .hasMessageContaining("Invalid code provided, please request a code again.");
  }

  @Test
  void passwordsKeepThePolicy() {
    Scene scene = Scene.of(server);
    String[][] cases = {
      {"Sh0rt-x", "Password not long enough"},
      {"alllower-1", "Password must have uppercase characters"},
      {"ALLUPPER-1", "Password must have lowercase characters"},
      {"NoDigits-x", "Password must have numeric characters"},
      {"NoSymbol1x", "Password must have symbol characters"},
    };
    for (String[] each : cases) {
      assertThatThrownBy(() -> scene.signUp(Scene.newName(), each[0]))
          .isInstanceOf(InvalidPasswordException.class)
          .hasMessageContaining("Password did not conform with policy: " + each[1]);
    }
  }

  @Test
  void attributesKeepTheSchema() {
    Scene scene =
        Scene.of(
            server,
            pool ->
                pool.schema(
                    SchemaAttributeType.builder().name("family_name").required(true).build(),
                    SchemaAttributeType.builder()
                        .name("n")
                        .attributeDataType(AttributeDataType.NUMBER)
                        .build()),
            client -> {});
    assertThatThrownBy(() -> scene.signUp(Scene.newName(), Scene.PASSWORD))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(
            "Attributes did not conform to the schema: family_name: The attribute is required");
    AttributeType name = Scene.attribute("family_name", "Doe");
    assertThatThrownBy(() ->
            scene.signUp(Scene.newName(), Scene.PASSWORD, name, Scene.attribute("custom:z", "1")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("custom:z: Attribute does not exist in the schema.");
    assertThatThrownBy(() ->
            scene.signUp(Scene.newName(), Scene.PASSWORD, name, Scene.attribute("custom:n", "x")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() ->
            scene.signUp(
                Scene.newName(), Scene.PASSWORD, name, Scene.attribute("email_verified", "true")))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("A client attempted to write unauthorized attribute");
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .signUp(r ->
                    r.clientId(scene.clientId())
                        .username(Scene.newName())
                        .password(Scene.PASSWORD)
                        .userAttributes(name, Scene.attribute("email", "not an address"))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Invalid email address format.");
  }

  @Test
  @Shows(
      id = "users-09",
      says =
          "in an e-mail-username pool the username is the sub; sign-in works with both, and other names are refused")
  void emailIsTheUsername() {
    Scene scene =
        Scene.of(
            server, pool -> pool.usernameAttributes(UsernameAttributeType.EMAIL), client -> {});
    String email = Scene.newName() + "@example.com";
    SignUpResponse answer =
        scene
            .anonymous()
            .signUp(r -> r.clientId(scene.clientId()).username(email).password(Scene.PASSWORD));
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .signUp(r -> r.clientId(scene.clientId()).username(email).password(Scene.PASSWORD)))
        .isInstanceOf(UsernameExistsException.class);
    assertThatThrownBy(() -> scene.signUp("plainname", Scene.PASSWORD))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Username should be an email.");
    confirm(scene, email, server.codeSentTo(email));
    for (String name : new String[] {email, answer.userSub()}) {
      AuthenticationResultType tokens = scene.signIn(name, Scene.PASSWORD);
      Jwt id = Jwt.of(tokens.idToken());
      assertThat(id.claim("cognito:username"))
          .isEqualTo(answer.userSub())
          .isEqualTo(id.claim("sub"));
      assertThat(id.claim("email")).isEqualTo(email);
    }
    AuthenticationResultType srp =
        scene.signInWithSrp(email, Scene.PASSWORD, Scene.Habit.PYCOGNITO);
    String changed = Scene.newName() + "@example.org";
    scene
        .anonymous()
        .updateUserAttributes(r ->
            r.accessToken(srp.accessToken()).userAttributes(Scene.attribute("email", changed)));
    assertThat(scene.signIn(changed, Scene.PASSWORD)).isNotNull();
    assertThatThrownBy(() -> scene.signIn(email, Scene.PASSWORD))
        .isInstanceOf(UserNotFoundException.class);
  }

  @Test
  @Shows(
      id = "users-06",
      says =
          "with verification before update the old e-mail stays the alias until the code is given; without it the alias is dead until then")
  void emailChanges() {
    for (boolean first : new boolean[] {true, false}) {
      Scene scene =
          Scene.of(
              server,
              pool -> {
                pool.aliasAttributes(AliasAttributeType.EMAIL);
                if (first) {
                  pool.userAttributeUpdateSettings(s ->
                      s.attributesRequireVerificationBeforeUpdate(VerifiedAttributeType.EMAIL));
                }
              },
              client -> {});
      String username = scene.newUser();
      String old = Scene.emailOf(username);
      String next = Scene.newName() + "@example.org";
      AuthenticationResultType tokens = scene.signIn(old, Scene.PASSWORD);
      UpdateUserAttributesResponse sent =
          scene
              .anonymous()
              .updateUserAttributes(r ->
                  r.accessToken(tokens.accessToken())
                      .userAttributes(Scene.attribute("email", next)));
      assertThat(sent.codeDeliveryDetailsList()).hasSize(1);
      if (first) {
        assertThat(scene.signIn(old, Scene.PASSWORD)).isNotNull();
      } else {
        assertThatThrownBy(() -> scene.signIn(old, Scene.PASSWORD))
            .isInstanceOf(UserNotFoundException.class);
      }
      assertThatThrownBy(() -> scene.signIn(next, Scene.PASSWORD))
          .isInstanceOf(UserNotFoundException.class);
      String code = server.codeSentTo(next);
      assertThatThrownBy(() ->
              scene
                  .anonymous()
                  .verifyUserAttribute(r ->
                      r.accessToken(tokens.accessToken()).attributeName("email").code(wrong(code))))
          .isInstanceOf(CodeMismatchException.class);
      scene
          .anonymous()
          .verifyUserAttribute(
              r -> r.accessToken(tokens.accessToken()).attributeName("email").code(code));
      assertThat(scene.signIn(next, Scene.PASSWORD)).isNotNull();
      assertThatThrownBy(() -> scene.signIn(old, Scene.PASSWORD))
          .isInstanceOf(UserNotFoundException.class);
    }
  }

  @Test
  @Shows(
      id = "users-05",
      says =
          "ForgotPassword answers differently for no verified channel, LEGACY unknown and ENABLED unknown")
  void forgottenPasswords() {
    Scene legacy = Scene.of(server);
    Scene hiding =
        legacy.withClient(
            c -> c.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    String username = legacy.newUser();
    CodeDeliveryDetailsType sent = forgot(legacy, username).codeDeliveryDetails();
    assertThat(sent.destination()).isEqualTo("u***@e***");
    assertThatThrownBy(() -> forgot(legacy, "nobody"))
        .isInstanceOf(UserNotFoundException.class)
        .hasMessageContaining("Username/client id combination not found.");
    assertThat(forgot(hiding, "nobody").codeDeliveryDetails().destination())
        .matches(".\\*\\*\\*@.\\*\\*\\*");
    String unverified = Scene.newName();
    legacy.signUp(unverified, Scene.PASSWORD);
    assertThatThrownBy(() -> forgot(legacy, unverified))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(
            "Cannot reset password for the user as there is no registered/verified email or phone_number");
    // what was simulated cannot be told from what was sent
    assertThatThrownBy(() -> reset(hiding, "nobody", "123456", "N3w-passw0rd"))
        .isInstanceOf(CodeMismatchException.class);
    assertThatThrownBy(() -> reset(hiding, "nobodyelse", "123456", "N3w-passw0rd"))
        .isInstanceOf(ExpiredCodeException.class);
    String code = server.codeSentTo(Scene.emailOf(username));
    assertThatThrownBy(() -> reset(legacy, username, wrong(code), "N3w-passw0rd"))
        .isInstanceOf(CodeMismatchException.class);
    assertThatThrownBy(() -> reset(legacy, username, code, "short"))
        .isInstanceOf(InvalidPasswordException.class);
    reset(legacy, username, code, "N3w-passw0rd");
    assertThatThrownBy(() -> reset(legacy, username, code, "An0ther-pass"))
        .isInstanceOf(ExpiredCodeException.class);
    assertThat(legacy.signIn(username, "N3w-passw0rd")).isNotNull();
    assertThatThrownBy(() -> legacy.signIn(username, Scene.PASSWORD))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(legacy.signInWithSrp(username, "N3w-passw0rd", Scene.Habit.AMPLIFY)).isNotNull();
  }

  private static ForgotPasswordResponse forgot(Scene scene, String username) {
    return scene.anonymous().forgotPassword(r -> r.clientId(scene.clientId()).username(username));
  }

  private static void reset(Scene scene, String username, String code, String password) {
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(scene.clientId())
                .username(username)
                .confirmationCode(code)
                .password(password));
  }

  @Test
  void passwordsAreChangedAndTheHistoryIsKept() {
    Scene scene =
        Scene.of(
            server,
            pool ->
                pool.policies(
                    p -> p.passwordPolicy(w -> w.minimumLength(8).passwordHistorySize(2))),
            client -> {});
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    assertThatThrownBy(() -> change(scene, tokens, "wrong-pass", "N3w-passw0rd"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThatThrownBy(() -> change(scene, tokens, Scene.PASSWORD, Scene.PASSWORD))
        .isInstanceOf(PasswordHistoryPolicyViolationException.class);
    change(scene, tokens, Scene.PASSWORD, "N3w-passw0rd");
    assertThatThrownBy(() -> change(scene, tokens, "N3w-passw0rd", Scene.PASSWORD))
        .isInstanceOf(PasswordHistoryPolicyViolationException.class);
    change(scene, tokens, "N3w-passw0rd", "Th1rd-passw0rd");
    assertThat(scene.signIn(username, "Th1rd-passw0rd")).isNotNull();
    assertThatThrownBy(() -> change(scene, tokens, "any-passw0rd", "An0ther-pass"))
        .isInstanceOf(LimitExceededException.class);
  }

  private static void change(
      Scene scene, AuthenticationResultType tokens, String before, String after) {
    scene
        .anonymous()
        .changePassword(r ->
            r.accessToken(tokens.accessToken()).previousPassword(before).proposedPassword(after));
  }

  @Test
  void aDeletedUserIsGoneAndTheNameIsFree() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    scene.anonymous().deleteUser(r -> r.accessToken(tokens.accessToken()));
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> scene.refresh(tokens.refreshToken()))
        .isInstanceOf(NotAuthorizedException.class);
    scene.signUp(username, Scene.PASSWORD);
  }
}

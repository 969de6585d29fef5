package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.Scene.Habit;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

@ExtendWith(TestServer.Extension.class)
class SignInTest {
  private final TestServer server;

  SignInTest(TestServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @EnumSource
  @Shows(id = "auth-01", says = "SRP sign-in works with and without Session in the answer")
  void srpSignsInWithEitherHabit(Habit habit) {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signInWithSrp(username, Scene.PASSWORD, habit);
    assertThat(tokens.tokenType()).isEqualTo("Bearer");
    assertThat(tokens.expiresIn()).isEqualTo(3600);
    assertThat(scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())).username())
        .isEqualTo(username);
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-01",
      says = "SRP sign-in works for a client with a secret, and not with a wrong SECRET_HASH")
  void srpSignsInWithASecret(Habit habit) {
    Scene scene = Scene.of(server, pool -> {}, client -> client.generateSecret(true));
    String username = scene.newUser();
    assertThat(scene.signInWithSrp(username, Scene.PASSWORD, habit).accessToken()).isNotEmpty();

    Scene.SrpRound round = scene.new SrpRound(username);
    Map<String, String> answers = round.answers(Scene.PASSWORD);
    answers.put("SECRET_HASH", "d3Jvbmc=");
    assertThatThrownBy(() -> round.send(answers, habit))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Unable to verify secret hash for client " + scene.clientId());
    answers.remove("SECRET_HASH");
    assertThatThrownBy(() -> round.send(answers, habit))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("is configured with secret but SECRET_HASH was not received");
  }

  @Test
  @Shows(
      id = "auth-01",
      says = "SRP sign-in works with a password of non-ASCII characters, and not with another one")
  void srpSignsInWithUmlauts() {
    Scene scene = Scene.of(server);
    String username = Scene.newName();
    scene.signUp(username, "Pässwörd-1 日本語");
    scene.confirm(username);
    assertThat(scene.signInWithSrp(username, "Pässwörd-1 日本語", Habit.AMPLIFY).accessToken())
        .isNotEmpty();
    assertThatThrownBy(() -> scene.signInWithSrp(username, "Password-1 日本語", Habit.AMPLIFY))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
  }

  @Test
  @Shows(
      id = "auth-01",
      says = "a forged signature, an altered block and a repeated answer are wrong passwords")
  void srpRefusesForgeries() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();

    Scene.SrpRound forged = scene.new SrpRound(username);
    Map<String, String> answers = forged.answers(Scene.PASSWORD);
    answers.put("PASSWORD_CLAIM_SIGNATURE", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertIncorrect(() -> forged.send(answers, Habit.AMPLIFY));

    Scene.SrpRound altered = scene.new SrpRound(username);
    Map<String, String> block = altered.answers(Scene.PASSWORD);
    String text = block.get("PASSWORD_CLAIM_SECRET_BLOCK");
    char flipped = text.charAt(100) == 'A' ? 'B' : 'A';
    block.put(
        "PASSWORD_CLAIM_SECRET_BLOCK", text.substring(0, 100) + flipped + text.substring(101));
    assertIncorrect(() -> altered.send(block, Habit.PYCOGNITO));

    Scene.SrpRound repeated = scene.new SrpRound(username);
    Map<String, String> good = repeated.answers(Scene.PASSWORD);
    assertThat(repeated.send(good, Habit.PYCOGNITO).authenticationResult()).isNotNull();
    assertIncorrect(() -> repeated.send(good, Habit.PYCOGNITO));
  }

  @Test
  @Shows(id = "auth-01", says = "a secret block of another client is a wrong password")
  void srpBlocksAreBoundToTheirClient() {
    Scene scene = Scene.of(server);
    Scene other = scene.withClient(client -> {});
    String username = scene.newUser();
    Map<String, String> answers = scene.new SrpRound(username).answers(Scene.PASSWORD);
    assertIncorrect(() -> other.new SrpRound(username).send(answers, Habit.PYCOGNITO));
  }

  @Test
  @Shows(
      id = "auth-01",
      says = "SRP_A that is zero modulo N, too large or not hexadecimal is refused")
  void srpRefusesBadA() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    for (String a : new String[] {"0", "00", "xyz", "f".repeat(769)}) {
      assertThatThrownBy(() ->
              scene.begin(AuthFlowType.USER_SRP_AUTH, Map.of("USERNAME", username, "SRP_A", a)))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  @Shows(
      id = "auth-02",
      says =
          "after five wrong passwords the right one is refused during the lock, too, and works after it; then the counter is zero")
  void fiveWrongPasswordsLock() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    for (int i = 0; i < 5; i++) {
      assertIncorrect(() -> scene.signIn(username, "Wrong-pass-1"));
    }
    assertLocked(() -> scene.signIn(username, "Wrong-pass-1"));
    assertLocked(() -> scene.signIn(username, Scene.PASSWORD));
    assertLocked(() -> scene.new SrpRound(username));
    server.server().clock().advance(Duration.ofSeconds(2));
    assertThat(scene.signIn(username, Scene.PASSWORD).accessToken()).isNotEmpty();
    for (int i = 0; i < 4; i++) {
      assertIncorrect(() -> scene.signIn(username, "Wrong-pass-1"));
    }
    assertThat(scene.signIn(username, Scene.PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  @Shows(id = "auth-02", says = "wrong SRP proofs count like wrong passwords, and the lock grows")
  void wrongProofsLockAndTheLockGrows() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    for (int i = 0; i < 5; i++) {
      assertIncorrect(() -> scene.signInWithSrp(username, "Wrong-pass-1", Habit.PYCOGNITO));
    }
    server.server().clock().advance(Duration.ofSeconds(2));
    assertIncorrect(() -> scene.signIn(username, "Wrong-pass-1"));
    server.server().clock().advance(Duration.ofMillis(1500));
    assertLocked(() -> scene.signIn(username, Scene.PASSWORD));
    server.server().clock().advance(Duration.ofMillis(600));
    assertThat(scene.signIn(username, Scene.PASSWORD).accessToken()).isNotEmpty();
  }

  @Test
  @Shows(
      id = "auth-10",
      says = "LEGACY tells that a name is nobody's, ENABLED does not; both in every flow")
  void unknownNamesByPolicy() {
    Scene legacy = Scene.of(server);
    Scene hiding =
        legacy.withClient(client ->
            client
                .explicitAuthFlowsWithStrings("ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH")
                .preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    assertThatThrownBy(() -> legacy.signIn("nobody", Scene.PASSWORD))
        .isInstanceOf(UserNotFoundException.class)
        .hasMessageContaining("User does not exist.");
    assertThatThrownBy(() -> legacy.new SrpRound("nobody"))
        .isInstanceOf(UserNotFoundException.class);
    assertIncorrect(() -> hiding.signIn("nobody", Scene.PASSWORD));
    assertIncorrect(() -> hiding.signInWithSrp("nobody", Scene.PASSWORD, Habit.AMPLIFY));
  }

  @Test
  @Shows(
      id = "auth-10",
      says =
          "under ENABLED the SRP challenge of a name that nobody has looks like a user's and is the same each time; the lock-out too")
  void decoysLookReal() {
    Scene scene =
        Scene.of(
            server,
            pool -> {},
            client -> client.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
    String username = scene.newUser();
    InitiateAuthResponse real = scene.new SrpRound(username).challenge;
    InitiateAuthResponse decoy = scene.new SrpRound("nobody").challenge;
    InitiateAuthResponse again = scene.new SrpRound("nobody").challenge;
    assertThat(decoy.challengeParameters().keySet()).isEqualTo(real.challengeParameters().keySet());
    assertThat(decoy.challengeParameters().get("SALT"))
        .isEqualTo(again.challengeParameters().get("SALT"))
        .matches("[0-9a-f]{28,32}");
    assertThat(decoy.challengeParameters().get("USER_ID_FOR_SRP")).isEqualTo("nobody");
    assertThat(decoy.challengeParameters().get("SRP_B"))
        .isNotEqualTo(again.challengeParameters().get("SRP_B"));
    assertThat(decoy.challengeParameters().get("SECRET_BLOCK"))
        .hasSizeBetween(
            real.challengeParameters().get("SECRET_BLOCK").length() - 100,
            real.challengeParameters().get("SECRET_BLOCK").length() + 100);
    for (int i = 0; i < 5; i++) {
      assertIncorrect(() -> scene.signIn("nobody", "Wrong-pass-1"));
    }
    assertLocked(() -> scene.signIn("nobody", "Wrong-pass-1"));
    assertLocked(() -> scene.new SrpRound("nobody"));
  }

  @Test
  void flowsThatTheClientDoesNotAllowAreRefused() {
    Scene scene =
        Scene.of(
            server,
            pool -> {},
            client -> client.explicitAuthFlowsWithStrings("ALLOW_REFRESH_TOKEN_AUTH"));
    assertThatThrownBy(() -> scene.signIn("x", "y"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("USER_PASSWORD_AUTH flow not enabled for this client");
    assertThatThrownBy(() -> scene.new SrpRound("x"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("USER_SRP_AUTH is not enabled for the client.");
    assertThatThrownBy(() -> scene.begin(AuthFlowType.ADMIN_NO_SRP_AUTH, Map.of()))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Initiate Auth method not supported.");
  }

  @Test
  void missingParametersAreNamed() {
    Scene scene = Scene.of(server);
    assertThatThrownBy(() -> scene.begin(AuthFlowType.USER_PASSWORD_AUTH, Map.of("PASSWORD", "x")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Missing required parameter USERNAME");
    assertThatThrownBy(() -> scene.begin(AuthFlowType.USER_SRP_AUTH, Map.of("USERNAME", "x")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Missing required parameter SRP_A");
  }

  private static void assertIncorrect(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
  }

  private static void assertLocked(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Password attempts exceeded");
  }
}

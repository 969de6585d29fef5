package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExpiredCodeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;

/** What was good once and comes again, or comes too late. */
@ExtendWith(TestServer.Extension.class)
class ReplayTest {
  private final TestServer server;

  ReplayTest(TestServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-01",
      says = "a right SRP answer works once, with Session and without; the sign-in it made stays")
  void srpAnswers(Scene.Habit habit) {
    Scene scene = Scene.of(server);
    Scene.SrpRound round = scene.new SrpRound(scene.newUser());
    Map<String, String> answers = round.answers(Scene.PASSWORD);
    AuthenticationResultType tokens = round.send(answers, habit).authenticationResult();
    for (Scene.Habit again : Scene.Habit.values()) {
      assertNotAuthorized(() -> round.send(answers, again), "");
    }
    assertThat(scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())).username())
        .isNotNull();
    assertThat(scene.refresh(tokens.refreshToken()).authenticationResult()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-01",
      says = "a right SRP answer is refused after the session's life, and with an old TIMESTAMP")
  void lateSrpAnswers(Scene.Habit habit) {
    Scene scene = Scene.of(server, pool -> {}, client -> client.authSessionValidity(15));
    String username = scene.newUser();
    Scene.SrpRound stale = scene.new SrpRound(username);
    Map<String, String> answers = stale.answers(Scene.PASSWORD);
    server.server().clock().advance(Duration.ofMinutes(6));
    assertNotAuthorized(() -> stale.send(answers, habit), "Incorrect username or password.");
    assertThat(answers.get("TIMESTAMP"))
        .isNotEqualTo(SrpTimestamp.format(server.server().clock().now()));
    assertThat(stale.answer(Scene.PASSWORD, habit).authenticationResult()).isNotNull();

    Scene.SrpRound expired = scene.new SrpRound(username);
    server.server().clock().advance(Duration.ofMinutes(15).plusSeconds(1));
    assertNotAuthorized(
        () -> expired.answer(Scene.PASSWORD, habit), "Incorrect username or password.");
  }

  @Test
  @Shows(id = "users-06", says = "the code of an attribute verifies it once")
  void attributeCodes() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    String token = scene.signIn(username, Scene.PASSWORD).accessToken();
    scene
        .anonymous()
        .getUserAttributeVerificationCode(r -> r.accessToken(token).attributeName("email"));
    String code = server.codeSentTo(Scene.emailOf(username));
    verify(scene, token, code);
    assertThatThrownBy(() -> verify(scene, token, code)).isInstanceOf(ExpiredCodeException.class);
  }

  private static void verify(Scene scene, String token, String code) {
    scene
        .anonymous()
        .verifyUserAttribute(r -> r.accessToken(token).attributeName("email").code(code));
  }

  @Test
  @Shows(
      id = "tokens-06",
      says =
          "with rotation and no grace a second use of a refresh token is refused and ends the sign-in, its access tokens too")
  void refreshTokens() {
    Scene scene =
        Scene.of(
            server,
            pool -> {},
            client ->
                client
                    .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH")
                    .refreshTokenRotation(r -> r.feature("ENABLED").retryGracePeriodSeconds(0)));
    AuthenticationResultType first = scene.signIn(scene.newUser(), Scene.PASSWORD);
    AuthenticationResultType second = rotate(scene, first.refreshToken());
    assertThatThrownBy(() -> rotate(scene, first.refreshToken()))
        .isInstanceOf(RefreshTokenReuseException.class);
    assertNotAuthorized(
        () -> scene.anonymous().getUser(r -> r.accessToken(second.accessToken())), "revoked");
  }

  private static AuthenticationResultType rotate(Scene scene, String refreshToken) {
    return scene
        .anonymous()
        .getTokensFromRefreshToken(r -> r.clientId(scene.clientId()).refreshToken(refreshToken))
        .authenticationResult();
  }

  private static void assertNotAuthorized(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(message);
  }
}

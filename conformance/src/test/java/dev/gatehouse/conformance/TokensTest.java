package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Differs;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeDataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UnsupportedTokenTypeException;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestServer.Extension.class)
class TokensTest {
  private final TestServer server;

  TokensTest(TestServer server) {
    this.server = server;
  }

  @Test
  @Shows(
      id = "tokens-01",
      says = "ID and access tokens are signed by different keys, both in the JWKS")
  void twoKeysSign() {
    Scene scene = Scene.of(server);
    AuthenticationResultType tokens = scene.signIn(scene.newUser(), Scene.PASSWORD);
    Jwt id = Jwt.of(tokens.idToken());
    Jwt access = Jwt.of(tokens.accessToken());
    assertThat(id.header().get("kid")).isNotEqualTo(access.header().get("kid"));
    TestServer.Raw jwks = server.get("/" + scene.poolId + "/.well-known/jwks.json");
    assertThat(jwks.json().get("keys")).hasSize(2);
    assertThat(id.signedBy(jwks.body())).isTrue();
    assertThat(access.signedBy(jwks.body())).isTrue();
    assertThat(server.get("/us-east-1_nowhere00/.well-known/jwks.json").status()).isEqualTo(404);
  }

  @Test
  @Shows(
      id = "tokens-02",
      says =
          "auth_time, origin_jti and event_id stay over a refresh, jti changes; another sign-in has others")
  void refreshKeepsTheSignIn() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType first = scene.signIn(username, Scene.PASSWORD);
    server.server().clock().advance(Duration.ofSeconds(2));
    AuthenticationResultType second = scene.refresh(first.refreshToken()).authenticationResult();
    assertThat(second.refreshToken()).isNull();
    for (boolean id : new boolean[] {true, false}) {
      Jwt before = Jwt.of(id ? first.idToken() : first.accessToken());
      Jwt after = Jwt.of(id ? second.idToken() : second.accessToken());
      for (String claim : new String[] {"auth_time", "origin_jti", "event_id", "sub"}) {
        assertThat(after.claims().get(claim)).isEqualTo(before.claims().get(claim));
      }
      assertThat(after.claim("jti")).isNotEqualTo(before.claim("jti"));
      assertThat(after.claims().get("iat").asLong())
          .isGreaterThan(before.claims().get("iat").asLong());
    }
    Jwt other = Jwt.of(scene.signIn(username, Scene.PASSWORD).accessToken());
    assertThat(other.claim("origin_jti"))
        .isNotEqualTo(Jwt.of(first.accessToken()).claim("origin_jti"));
  }

  @Test
  @Differs(
      number = 13,
      in = "The form of a refresh token",
      cognito = "A JWE of five parts.",
      here = "One short text of base64url.",
      why =
          "Clients treat it as opaque; nothing in it needs to be secret, since only its keyed hash counts.")
  void refreshTokensAreNoEncryptedTokens() {
    Scene scene = Scene.of(server);
    assertThat(scene.signIn(scene.newUser(), Scene.PASSWORD).refreshToken())
        .matches("[A-Za-z0-9_-]{40,200}");
  }

  @Test
  @Shows(
      id = "tokens-03",
      says =
          "the ID token's aud is the client; the access token has client_id and no aud, and no attributes")
  void audiences() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    Jwt id = Jwt.of(tokens.idToken());
    Jwt access = Jwt.of(tokens.accessToken());
    assertThat(id.claim("aud")).isEqualTo(scene.clientId());
    assertThat(id.claim("token_use")).isEqualTo("id");
    assertThat(id.claim("cognito:username")).isEqualTo(username);
    assertThat(id.claims().get("email_verified").isBoolean()).isTrue();
    assertThat(access.claim("client_id")).isEqualTo(scene.clientId());
    assertThat(access.claim("token_use")).isEqualTo("access");
    assertThat(access.claim("username")).isEqualTo(username);
    assertThat(access.claim("scope")).isEqualTo("aws.cognito.signin.user.admin");
    assertThat(access.claims().has("aud")).isFalse();
    assertThat(access.claims().has("email")).isFalse();
  }

  private static final String ROLE_A = "arn:aws:iam::000000000000:role/a";
  private static final String ROLE_B = "arn:aws:iam::000000000000:role/b";

  /** A group with a role, and the user in it. */
  private static void join(
      Scene scene, String username, String group, int precedence, String role) {
    scene
        .admin()
        .createGroup(
            r -> r.userPoolId(scene.poolId).groupName(group).precedence(precedence).roleArn(role));
    scene
        .admin()
        .adminAddUserToGroup(r -> r.userPoolId(scene.poolId).groupName(group).username(username));
  }

  @Test
  @Shows(
      id = "tokens-04",
      says =
          "two groups of precedence 1 and 2: both roles in the ID token, the first one's preferred; both tokens list the groups by precedence")
  void groupsAndRoles() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    join(scene, username, "amateurs", 2, ROLE_B);
    join(scene, username, "professionals", 1, ROLE_A);
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    Jwt id = Jwt.of(tokens.idToken());
    Jwt access = Jwt.of(tokens.accessToken());
    assertThat(id.claims().get("cognito:roles").values())
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder(ROLE_A, ROLE_B);
    assertThat(id.claim("cognito:preferred_role")).isEqualTo(ROLE_A);
    for (Jwt token : new Jwt[] {id, access}) {
      assertThat(token.claims().get("cognito:groups").values())
          .extracting(JsonNode::asString)
          .containsExactly("professionals", "amateurs");
    }
    assertThat(access.claims().has("cognito:roles")).isFalse();
    assertThat(access.claims().has("cognito:preferred_role")).isFalse();
  }

  @Test
  @Shows(
      id = "tokens-04",
      says =
          "two groups of the same precedence with different roles: no preferred role; with the same role: that one")
  void aTieHasNoPreferredRole() {
    Scene scene = Scene.of(server);
    String torn = scene.newUser();
    join(scene, torn, "one", 1, ROLE_A);
    join(scene, torn, "other", 1, ROLE_B);
    Jwt id = Jwt.of(scene.signIn(torn, Scene.PASSWORD).idToken());
    assertThat(id.claims().has("cognito:preferred_role")).isFalse();
    assertThat(id.claims().get("cognito:roles")).hasSize(2);
    scene.admin().updateGroup(r -> r.userPoolId(scene.poolId).groupName("other").roleArn(ROLE_A));
    Jwt agreed = Jwt.of(scene.signIn(torn, Scene.PASSWORD).idToken());
    assertThat(agreed.claim("cognito:preferred_role")).isEqualTo(ROLE_A);
    assertThat(agreed.claims().get("cognito:roles")).hasSize(1);
  }

  @Test
  @Shows(
      id = "tokens-04",
      says = "a refresh tells the groups as they are then; without groups the claims are absent")
  void aRefreshTellsTheGroupsAnew() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    for (String token : new String[] {tokens.idToken(), tokens.accessToken()}) {
      assertThat(Jwt.of(token).claims().has("cognito:groups")).isFalse();
    }
    assertThat(Jwt.of(tokens.idToken()).claims().has("cognito:roles")).isFalse();
    join(scene, username, "staff", 1, ROLE_A);
    AuthenticationResultType refreshed =
        scene.refresh(tokens.refreshToken()).authenticationResult();
    assertThat(Jwt.of(refreshed.idToken()).claim("cognito:preferred_role")).isEqualTo(ROLE_A);
    assertThat(Jwt.of(refreshed.accessToken()).claims().get("cognito:groups")).hasSize(1);
    scene.admin().deleteGroup(r -> r.userPoolId(scene.poolId).groupName("staff"));
    AuthenticationResultType last = scene.refresh(tokens.refreshToken()).authenticationResult();
    assertThat(Jwt.of(last.accessToken()).claims().has("cognito:groups")).isFalse();
  }

  @Test
  @Shows(
      id = "tokens-05",
      says =
          "after RevokeToken the sign-in's access token is refused and its refresh token, another sign-in's are not")
  void revocation() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType revoked = scene.signIn(username, Scene.PASSWORD);
    AuthenticationResultType kept = scene.signIn(username, Scene.PASSWORD);
    for (int i = 0; i < 2; i++) {
      scene
          .anonymous()
          .revokeToken(r -> r.clientId(scene.clientId()).token(revoked.refreshToken()));
    }
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(revoked.accessToken())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Access Token has been revoked");
    assertThatThrownBy(() -> scene.refresh(revoked.refreshToken()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Refresh Token has been revoked");
    assertThat(scene.anonymous().getUser(r -> r.accessToken(kept.accessToken())).username())
        .isEqualTo(username);
    assertThat(scene.refresh(kept.refreshToken()).authenticationResult()).isNotNull();
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .revokeToken(r -> r.clientId(scene.clientId()).token(kept.accessToken())))
        .isInstanceOf(UnsupportedTokenTypeException.class);
  }

  @Test
  @Shows(
      id = "tokens-06",
      says =
          "with rotation the old refresh token works within the grace and gets the one in force; after it RefreshTokenReuseException, and the family is revoked")
  void rotation() {
    Scene scene =
        Scene.of(
            server,
            pool -> {},
            client ->
                client
                    .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH")
                    .refreshTokenRotation(
                        r -> r.feature(FeatureType.ENABLED).retryGracePeriodSeconds(10)));
    AuthenticationResultType first = scene.signIn(scene.newUser(), Scene.PASSWORD);
    String second = rotate(scene, first.refreshToken()).refreshToken();
    assertThat(second).isNotEqualTo(first.refreshToken());
    assertThat(rotate(scene, first.refreshToken()).refreshToken()).isEqualTo(second);
    server.server().clock().advance(Duration.ofSeconds(11));
    assertThatThrownBy(() -> rotate(scene, first.refreshToken()))
        .isInstanceOf(RefreshTokenReuseException.class);
    assertThatThrownBy(() -> rotate(scene, second))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Refresh Token has been revoked");
  }

  private static AuthenticationResultType rotate(Scene scene, String refreshToken) {
    return scene
        .anonymous()
        .getTokensFromRefreshToken(r -> r.clientId(scene.clientId()).refreshToken(refreshToken))
        .authenticationResult();
  }

  @Test
  @Shows(
      id = "tokens-07",
      says = "an attribute that the client may not read is in neither ID token nor GetUser")
  void unreadableAttributes() {
    Scene scene =
        Scene.of(server, pool -> {}, client -> client.readAttributes("email", "email_verified"));
    String username = scene.newUser(Scene.attribute("nickname", "Jay"));
    AuthenticationResultType tokens = scene.signIn(username, Scene.PASSWORD);
    assertThat(Jwt.of(tokens.idToken()).claims().has("nickname")).isFalse();
    assertThat(Jwt.of(tokens.idToken()).claims().has("email")).isTrue();
    assertThat(scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())).userAttributes())
        .extracting("name")
        .containsExactly("sub", "email", "email_verified");
  }

  @Test
  @Shows(id = "tokens-08", says = "a custom attribute of type Number is a string claim")
  void numbersAreStrings() {
    Scene scene =
        Scene.of(
            server,
            pool ->
                pool.schema(
                    SchemaAttributeType.builder()
                        .name("age")
                        .attributeDataType(AttributeDataType.NUMBER)
                        .build()),
            client -> {});
    String username = scene.newUser(Scene.attribute("custom:age", "42"));
    Jwt id = Jwt.of(scene.signIn(username, Scene.PASSWORD).idToken());
    assertThat(id.claims().get("custom:age").isString()).isTrue();
    assertThat(id.claim("custom:age")).isEqualTo("42");
  }

  @Test
  void refreshTokensOfAnotherClientAndTamperedOnesAreInvalid() {
    Scene scene = Scene.of(server);
    Scene other = scene.withClient(client -> {});
    AuthenticationResultType tokens = scene.signIn(scene.newUser(), Scene.PASSWORD);
    String token = tokens.refreshToken();
    String tampered =
        token.substring(0, 20) + (token.charAt(20) == 'A' ? 'B' : 'A') + token.substring(21);
    for (String bad : new String[] {tampered, token + "AA", "nonsense", tokens.accessToken()}) {
      assertThatThrownBy(() -> scene.refresh(bad))
          .isInstanceOf(NotAuthorizedException.class)
          .hasMessageContaining("Invalid Refresh Token");
    }
    assertThatThrownBy(() -> other.refresh(token))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid Refresh Token");
    server.server().clock().advance(Duration.ofDays(31));
    assertThatThrownBy(() -> scene.refresh(token))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Refresh Token has expired");
  }

  @Test
  void globalSignOutEndsEverySignInOfTheUser() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    AuthenticationResultType one = scene.signIn(username, Scene.PASSWORD);
    AuthenticationResultType two = scene.signIn(username, Scene.PASSWORD);
    scene.anonymous().globalSignOut(r -> r.accessToken(one.accessToken()));
    for (AuthenticationResultType tokens : new AuthenticationResultType[] {one, two}) {
      assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
          .isInstanceOf(NotAuthorizedException.class)
          .hasMessageContaining("Access Token has been revoked");
      assertThatThrownBy(() -> scene.refresh(tokens.refreshToken()))
          .isInstanceOf(NotAuthorizedException.class);
    }
    assertThat(scene.signIn(username, Scene.PASSWORD)).isNotNull();
  }
}

package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.PresentedToken;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserRequest;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.testkit.Shows;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an access token that the pool signed opens, and what it does not. */
@NullUnmarked
class AccessTokensTest {
  private static final String PASSWORD = "P@ssw0rd-1";

  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private AuthenticationResultType tokens;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void signIn() {
    pool = fixture.pool(CreateUserPoolRequest.builder());
    String client = fixture.client(pool);
    fixture.confirmed(pool, "somebody", PASSWORD, List.of());
    tokens =
        fixture
            .call(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "somebody", PASSWORD))
            .authenticationResult();
  }

  /** The claims of the access token that was issued. */
  private Claims.Builder issued() {
    return PresentedToken.parse(tokens.accessToken()).orElseThrow().unverifiedClaims().toBuilder();
  }

  /** Signed by the pool's key for access tokens, as hosted login will issue them. */
  private String minted(Claims.Builder claims) {
    return fixture
        .module
        .ground
        .signer()
        .sign(fixture.module.signingKeys.signing(pool).access(), claims.build());
  }

  @Test
  @Shows(
      id = "protocol-06",
      says =
          "an OAuth access token that the pool signed, but without aws.cognito.signin.user.admin, is refused: Access Token does not have required scopes")
  void theScopeOfTheOwnAccountIsRequired() {
    signIn();
    GetUserRequest good = GetUserRequest.builder().accessToken(minted(issued())).build();
    assertThat(fixture.call(CognitoIdpOperations.GET_USER, good).username()).isEqualTo("somebody");
    for (String scope :
        List.of("openid email", "", "aws.cognito.signin.user.administrator", "my/scope")) {
      String token = minted(issued().put("scope", scope));
      assertThat(
              fixture.refused(
                  CognitoIdpOperations.GET_USER,
                  GetUserRequest.builder().accessToken(token).build()))
          .isEqualTo("NotAuthorizedException: Access Token does not have required scopes");
      assertThat(
              fixture.refused(
                  CognitoIdpOperations.DELETE_USER,
                  DeleteUserRequest.builder().accessToken(token).build()))
          .isEqualTo("NotAuthorizedException: Access Token does not have required scopes");
    }
    String several = minted(issued().put("scope", "openid aws.cognito.signin.user.admin email"));
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.GET_USER,
                    GetUserRequest.builder().accessToken(several).build())
                .username())
        .isEqualTo("somebody");
  }
}

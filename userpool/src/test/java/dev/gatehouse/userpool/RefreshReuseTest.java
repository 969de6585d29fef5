package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.testkit.Differs;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A rotated refresh token that is shown again, under both policies. */
@NullUnmarked
class RefreshReuseTest {
  private static final String PASSWORD = "P@ssw0rd-1";

  @Test
  @Differs(
      number = 1,
      in = "A rotated refresh token that is used again",
      cognito =
          "After the grace period it is refused with RefreshTokenReuseException; whether that ends the sign-in is not documented.",
      here =
          "It is refused so, and the whole sign-in is revoked, access tokens too. `refreshReuse: refuse` only refuses.",
      why =
          "Two holders of one refresh token mean that one of them stole it (RFC 9700, section 4.14.2).")
  void reuseEndsTheSignIn() {
    assertThat(afterReuse(ReusePolicy.REVOKE))
        .startsWith("NotAuthorizedException: Refresh Token has been revoked");
  }

  @Test
  void theSwitchKeepsTheSignIn() {
    assertThat(afterReuse(ReusePolicy.REFUSE)).isEqualTo("renewed");
  }

  /** What the refresh token in force gets after the one before it was shown again. */
  private static String afterReuse(ReusePolicy policy) {
    try (UsersFixture fixture =
        new UsersFixture(
            new UserPoolConfig(LockOut.COGNITO, TierGates.ENFORCED, policy, SessionClaim.SID))) {
      String pool = fixture.pool(CreateUserPoolRequest.builder());
      String client =
          fixture
              .call(
                  CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                  CreateUserPoolClientRequest.builder()
                      .userPoolId(pool)
                      .clientName("c")
                      .explicitAuthFlows(
                          List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                      .refreshTokenRotation(
                          RefreshTokenRotationType.builder().feature(FeatureType.ENABLED).build())
                      .build())
              .userPoolClient()
              .clientId();
      fixture.confirmed(pool, "ada", PASSWORD, List.of());
      AuthenticationResultType first =
          fixture
              .call(
                  CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                  UsersFixture.signIn(pool, client, "ada", PASSWORD))
              .authenticationResult();
      String second = refresh(fixture, client, first.refreshToken()).refreshToken();
      assertThat(refused(fixture, client, first.refreshToken()))
          .startsWith("RefreshTokenReuseException: ");
      if (policy == ReusePolicy.REFUSE) {
        assertThat(refresh(fixture, client, second).accessToken()).isNotEmpty();
        return "renewed";
      }
      return refused(fixture, client, second);
    }
  }

  private static AuthenticationResultType refresh(
      UsersFixture fixture, String client, String token) {
    return fixture
        .call(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request(client, token))
        .authenticationResult();
  }

  private static String refused(UsersFixture fixture, String client, String token) {
    return fixture.refused(
        CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request(client, token));
  }

  private static GetTokensFromRefreshTokenRequest request(String client, String token) {
    return GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(token).build();
  }
}

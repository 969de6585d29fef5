package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigResponse;
import org.jspecify.annotations.NullUnmarked;

/** Reads a pool's MFA settings. */
@NullUnmarked
final class PoolMfa {
  private PoolMfa() {}

  static GetUserPoolMfaConfigResponse of(UsersFixture fixture, String pool) {
    return fixture.call(
        CognitoIdpOperations.GET_USER_POOL_MFA_CONFIG,
        GetUserPoolMfaConfigRequest.builder().userPoolId(pool).build());
  }

  static void assertTotpAndPasskeys(UsersFixture fixture, String pool) {
    GetUserPoolMfaConfigResponse mfa = of(fixture, pool);
    assertThat(mfa.softwareTokenMfaConfiguration().enabled()).isTrue();
    assertThat(mfa.webAuthnConfiguration().relyingPartyId()).isEqualTo("example.com");
  }
}

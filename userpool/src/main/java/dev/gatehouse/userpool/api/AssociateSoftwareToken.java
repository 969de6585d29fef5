package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AssociateSoftwareTokenRequest;
import dev.gatehouse.model.cognitoidp.AssociateSoftwareTokenResponse;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.TokenSetup;
import dev.gatehouse.userpool.auth.TokenSetup.Associated;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/**
 * Draws the shared secret of an authenticator app, for the bearer of an access token or within a
 * sign-in (auth.md §6).
 */
public final class AssociateSoftwareToken
    implements Operation<AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse> {
  private final AccessTokens accessTokens;
  private final TokenSetup setup;

  public AssociateSoftwareToken(AccessTokens accessTokens, TokenSetup setup) {
    this.accessTokens = accessTokens;
    this.setup = setup;
  }

  @Override
  public AssociateSoftwareTokenResponse handle(
      AssociateSoftwareTokenRequest request, RequestContext context) {
    String token = request.accessToken();
    String session = request.session();
    Associated associated;
    if (token != null && session == null) {
      Bearer bearer = accessTokens.require(token);
      associated = setup.associate(bearer.pool(), bearer.user());
    } else if (session != null && token == null) {
      associated = setup.associate(session);
    } else {
      throw Why.SESSION_OR_TOKEN.refusal();
    }
    return AssociateSoftwareTokenResponse.builder()
        .secretCode(associated.secretCode().text())
        .session(associated.session())
        .build();
  }
}

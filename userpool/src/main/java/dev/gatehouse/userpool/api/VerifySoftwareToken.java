package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.VerifySoftwareTokenRequest;
import dev.gatehouse.model.cognitoidp.VerifySoftwareTokenResponse;
import dev.gatehouse.model.cognitoidp.VerifySoftwareTokenResponseType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.TokenSetup;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import org.jspecify.annotations.Nullable;

/** Registers an authenticator app by its first code (auth.md §6). */
public final class VerifySoftwareToken
    implements Operation<VerifySoftwareTokenRequest, VerifySoftwareTokenResponse> {
  private final AccessTokens accessTokens;
  private final TokenSetup setup;

  public VerifySoftwareToken(AccessTokens accessTokens, TokenSetup setup) {
    this.accessTokens = accessTokens;
    this.setup = setup;
  }

  @Override
  public VerifySoftwareTokenResponse handle(
      VerifySoftwareTokenRequest request, RequestContext context) {
    String token = request.accessToken();
    String session = request.session();
    @Nullable String next = null;
    if (token != null && session == null) {
      Bearer bearer = accessTokens.require(token);
      setup.verify(bearer.pool(), bearer.user(), request.userCode(), request.friendlyDeviceName());
    } else if (session != null && token == null) {
      next = setup.verify(session, request.userCode(), request.friendlyDeviceName());
    } else {
      throw Why.SESSION_OR_TOKEN.refusal();
    }
    return VerifySoftwareTokenResponse.builder()
        .status(VerifySoftwareTokenResponseType.SUCCESS)
        .session(next)
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.StartWebAuthnRegistrationRequest;
import dev.gatehouse.model.cognitoidp.StartWebAuthnRegistrationResponse;
import dev.gatehouse.userpool.passkey.PasskeyRegistration;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer begins to register a passkey (auth.md §8). */
public final class StartWebAuthnRegistration
    implements Operation<StartWebAuthnRegistrationRequest, StartWebAuthnRegistrationResponse> {
  private final AccessTokens accessTokens;
  private final PasskeyRegistration registration;

  public StartWebAuthnRegistration(AccessTokens accessTokens, PasskeyRegistration registration) {
    this.accessTokens = accessTokens;
    this.registration = registration;
  }

  @Override
  public StartWebAuthnRegistrationResponse handle(
      StartWebAuthnRegistrationRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    return StartWebAuthnRegistrationResponse.builder()
        .credentialCreationOptions(
            registration.start(bearer.pool(), bearer.client(), bearer.user()))
        .build();
  }
}

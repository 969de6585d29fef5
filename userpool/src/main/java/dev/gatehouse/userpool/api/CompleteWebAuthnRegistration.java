package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CompleteWebAuthnRegistrationRequest;
import dev.gatehouse.model.cognitoidp.CompleteWebAuthnRegistrationResponse;
import dev.gatehouse.userpool.passkey.PasskeyRegistration;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer registers the passkey that was begun (auth.md §8). */
public final class CompleteWebAuthnRegistration
    implements Operation<
        CompleteWebAuthnRegistrationRequest, CompleteWebAuthnRegistrationResponse> {
  private final AccessTokens accessTokens;
  private final PasskeyRegistration registration;

  public CompleteWebAuthnRegistration(AccessTokens accessTokens, PasskeyRegistration registration) {
    this.accessTokens = accessTokens;
    this.registration = registration;
  }

  @Override
  public CompleteWebAuthnRegistrationResponse handle(
      CompleteWebAuthnRegistrationRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    registration.complete(bearer.pool(), bearer.client(), bearer.user(), request.credential());
    return CompleteWebAuthnRegistrationResponse.builder().build();
  }
}

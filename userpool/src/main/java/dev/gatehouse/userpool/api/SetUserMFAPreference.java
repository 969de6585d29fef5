package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SetUserMFAPreferenceRequest;
import dev.gatehouse.model.cognitoidp.SetUserMFAPreferenceResponse;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer turns second factors on and off (users.md §11). */
public final class SetUserMFAPreference
    implements Operation<SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse> {
  private final AccessTokens accessTokens;
  private final MfaPreferences preferences;

  public SetUserMFAPreference(AccessTokens accessTokens, MfaPreferences preferences) {
    this.accessTokens = accessTokens;
    this.preferences = preferences;
  }

  @Override
  public SetUserMFAPreferenceResponse handle(
      SetUserMFAPreferenceRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    preferences.set(
        bearer.pool(),
        bearer.user().sub(),
        new MfaPreferences.Blocks(
            request.smsMfaSettings(),
            request.softwareTokenMfaSettings(),
            request.emailMfaSettings(),
            request.webAuthnMfaSettings()));
    return SetUserMFAPreferenceResponse.builder().build();
  }
}

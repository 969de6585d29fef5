package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SetUserSettingsRequest;
import dev.gatehouse.model.cognitoidp.SetUserSettingsResponse;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The older form of SetUserMFAPreference: SMS or nothing (users.md §11). */
public final class SetUserSettings
    implements Operation<SetUserSettingsRequest, SetUserSettingsResponse> {
  private final AccessTokens accessTokens;
  private final MfaPreferences preferences;

  public SetUserSettings(AccessTokens accessTokens, MfaPreferences preferences) {
    this.accessTokens = accessTokens;
    this.preferences = preferences;
  }

  @Override
  public SetUserSettingsResponse handle(SetUserSettingsRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    preferences.set(bearer.pool(), bearer.user().sub(), request.mfaOptions());
    return SetUserSettingsResponse.builder().build();
  }
}

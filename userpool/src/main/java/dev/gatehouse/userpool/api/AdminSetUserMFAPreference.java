package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminSetUserMFAPreferenceRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserMFAPreferenceResponse;
import dev.gatehouse.userpool.pool.Pools;

/** An administrator turns a user's second factors on and off (users.md §11). */
public final class AdminSetUserMFAPreference
    implements Operation<AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse> {
  private final Pools pools;
  private final MfaPreferences preferences;

  public AdminSetUserMFAPreference(Pools pools, MfaPreferences preferences) {
    this.pools = pools;
    this.preferences = preferences;
  }

  @Override
  public AdminSetUserMFAPreferenceResponse handle(
      AdminSetUserMFAPreferenceRequest request, RequestContext context) {
    preferences.set(
        pools.require(request.userPoolId(), context),
        request.username(),
        new MfaPreferences.Blocks(
            request.smsMfaSettings(),
            request.softwareTokenMfaSettings(),
            request.emailMfaSettings(),
            request.webAuthnMfaSettings()));
    return AdminSetUserMFAPreferenceResponse.builder().build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminSetUserSettingsRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserSettingsResponse;
import dev.gatehouse.userpool.pool.Pools;

/** The older form of AdminSetUserMFAPreference: SMS or nothing (users.md §11). */
public final class AdminSetUserSettings
    implements Operation<AdminSetUserSettingsRequest, AdminSetUserSettingsResponse> {
  private final Pools pools;
  private final MfaPreferences preferences;

  public AdminSetUserSettings(Pools pools, MfaPreferences preferences) {
    this.pools = pools;
    this.preferences = preferences;
  }

  @Override
  public AdminSetUserSettingsResponse handle(
      AdminSetUserSettingsRequest request, RequestContext context) {
    preferences.set(
        pools.require(request.userPoolId(), context), request.username(), request.mfaOptions());
    return AdminSetUserSettingsResponse.builder().build();
  }
}

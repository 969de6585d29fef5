package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminGetUserAuthFactorsRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserAuthFactorsResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** GetUserAuthFactors for administrators (new-2026.md §5). */
public final class AdminGetUserAuthFactors
    implements Operation<AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse> {
  private final Pools pools;
  private final Database database;

  public AdminGetUserAuthFactors(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public AdminGetUserAuthFactorsResponse handle(
      AdminGetUserAuthFactorsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Account account =
        database.read(handle -> Users.requireAccount(handle, pool, request.username()));
    return AdminGetUserAuthFactorsResponse.builder()
        .username(account.user().username())
        .preferredMfaSetting(MfaPreferences.preferred(account.user()))
        .userMFASettingList(MfaPreferences.list(account.user()))
        .configuredUserAuthFactors(MfaPreferences.configured(pool, account))
        .build();
  }
}

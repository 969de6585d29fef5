package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminGetUserAuthFactorsRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserAuthFactorsResponse;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;

/** GetUserAuthFactors for administrators (new-2026.md §5). */
public final class AdminGetUserAuthFactors
    implements Operation<AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse> {
  private final Pools pools;
  private final Database database;

  public AdminGetUserAuthFactors(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  private record Found(Account account, List<AuthFactorType> factors) {}

  @Override
  public AdminGetUserAuthFactorsResponse handle(
      AdminGetUserAuthFactorsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Found found =
        database.read(handle -> {
          Account account = Users.requireAccount(handle, pool, request.username());
          return new Found(account, MfaPreferences.configured(handle, pool, account));
        });
    Account account = found.account();
    return AdminGetUserAuthFactorsResponse.builder()
        .username(account.user().username())
        .preferredMfaSetting(MfaPreferences.preferred(account.user()))
        .userMFASettingList(MfaPreferences.list(account.user()))
        .configuredUserAuthFactors(found.factors())
        .build();
  }
}

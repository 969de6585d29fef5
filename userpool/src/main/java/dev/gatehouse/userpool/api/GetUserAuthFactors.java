package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.GetUserAuthFactorsRequest;
import dev.gatehouse.model.cognitoidp.GetUserAuthFactorsResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.util.List;

/** Which factors the bearer can sign in with (users.md §11). */
public final class GetUserAuthFactors
    implements Operation<GetUserAuthFactorsRequest, GetUserAuthFactorsResponse> {
  private final AccessTokens accessTokens;
  private final Database database;

  public GetUserAuthFactors(AccessTokens accessTokens, Database database) {
    this.accessTokens = accessTokens;
    this.database = database;
  }

  private record Found(Account account, List<AuthFactorType> factors) {}

  @Override
  public GetUserAuthFactorsResponse handle(
      GetUserAuthFactorsRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    Found found =
        database.read(handle -> {
          Account account = Users.requireAccount(handle, bearer.pool(), bearer.user().sub());
          return new Found(account, MfaPreferences.configured(handle, bearer.pool(), account));
        });
    Account account = found.account();
    return GetUserAuthFactorsResponse.builder()
        .username(account.user().username())
        .preferredMfaSetting(MfaPreferences.preferred(account.user()))
        .userMFASettingList(MfaPreferences.list(account.user()))
        .configuredUserAuthFactors(found.factors())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminDeleteSoftwareTokenRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteSoftwareTokenResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/**
 * Takes a user's authenticator app away, in force or waiting, with the preference for it
 * (new-2026.md §5). Without one it changes nothing.
 */
public final class AdminDeleteSoftwareToken
    implements Operation<AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse> {
  private final Pools pools;
  private final UserChange change;
  private final Clock clock;

  public AdminDeleteSoftwareToken(Pools pools, Database database, Clock clock) {
    this.pools = pools;
    this.change = new UserChange(database);
    this.clock = clock;
  }

  @Override
  public AdminDeleteSoftwareTokenResponse handle(
      AdminDeleteSoftwareTokenRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    change.write(
        pool,
        request.username(),
        user -> user.withMfa(user.mfa().withoutToken(), clock.now()),
        (handle, after) -> SoftwareTokens.delete(handle, pool.id(), after.sub()));
    return AdminDeleteSoftwareTokenResponse.builder().build();
  }
}

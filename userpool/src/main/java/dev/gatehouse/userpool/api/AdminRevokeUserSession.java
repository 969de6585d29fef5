package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminRevokeUserSessionRequest;
import dev.gatehouse.model.cognitoidp.AdminRevokeUserSessionResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** An administrator ends a session of the user that it belongs to. */
public final class AdminRevokeUserSession
    implements Operation<AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse> {
  private final Pools pools;
  private final Database database;
  private final UserSessions sessions;

  public AdminRevokeUserSession(
      Pools pools, Database database, PageTokens pageTokens, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.sessions = new UserSessions(pools, database, pageTokens, clock);
  }

  @Override
  public AdminRevokeUserSessionResponse handle(
      AdminRevokeUserSessionRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    sessions.revoke(pool, user, request.sessionId(), family -> {});
    return AdminRevokeUserSessionResponse.builder().build();
  }
}

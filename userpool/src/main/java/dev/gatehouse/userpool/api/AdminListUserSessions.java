package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminListUserSessionsRequest;
import dev.gatehouse.model.cognitoidp.AdminListUserSessionsResponse;
import dev.gatehouse.model.cognitoidp.SessionDescriptionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** A user's sessions in all clients of the pool; none of them is the administrator's own. */
public final class AdminListUserSessions
    implements Operation<AdminListUserSessionsRequest, AdminListUserSessionsResponse> {
  private final Pools pools;
  private final Database database;
  private final UserSessions sessions;

  public AdminListUserSessions(Pools pools, Database database, PageTokens pageTokens, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.sessions = new UserSessions(pools, database, pageTokens, clock);
  }

  @Override
  public AdminListUserSessionsResponse handle(
      AdminListUserSessionsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    Page<SessionDescriptionType> page =
        sessions.page(pool, user, request.nextToken(), family -> false);
    return AdminListUserSessionsResponse.builder()
        .sessions(page.entries())
        .nextToken(page.nextToken())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListUserSessionsRequest;
import dev.gatehouse.model.cognitoidp.ListUserSessionsResponse;
import dev.gatehouse.model.cognitoidp.SessionDescriptionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer's sessions in all clients of the pool, and which of them is this one. */
public final class ListUserSessions
    implements Operation<ListUserSessionsRequest, ListUserSessionsResponse> {
  private final AccessTokens accessTokens;
  private final UserSessions sessions;

  public ListUserSessions(
      AccessTokens accessTokens,
      Pools pools,
      Database database,
      PageTokens pageTokens,
      Clock clock) {
    this.accessTokens = accessTokens;
    this.sessions = new UserSessions(pools, database, pageTokens, clock);
  }

  @Override
  public ListUserSessionsResponse handle(ListUserSessionsRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    Page<SessionDescriptionType> page =
        sessions.page(
            bearer.pool(),
            bearer.user(),
            request.nextToken(),
            family -> family.originJti().equals(bearer.originJti()));
    return ListUserSessionsResponse.builder()
        .sessions(page.entries())
        .nextToken(page.nextToken())
        .build();
  }
}

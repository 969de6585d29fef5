package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListGroupsRequest;
import dev.gatehouse.model.cognitoidp.ListGroupsResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** A pool's groups by name. */
public final class ListGroups implements Operation<ListGroupsRequest, ListGroupsResponse> {
  private final Pools pools;
  private final Database database;
  private final Paging paging;

  public ListGroups(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public ListGroupsResponse handle(ListGroupsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Page<Group> page =
        paging.page(
            Listing.of("ListGroups", pool.id(), request.limit(), request.nextToken()),
            (after, most) ->
                database.read(handle -> GroupStore.page(handle, pool.id(), after.orElse(""), most)),
            Group::name);
    return ListGroupsResponse.builder()
        .groups(page.map(Answers::group))
        .nextToken(page.nextToken())
        .build();
  }
}

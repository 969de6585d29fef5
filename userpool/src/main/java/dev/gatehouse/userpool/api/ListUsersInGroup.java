package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListUsersInGroupRequest;
import dev.gatehouse.model.cognitoidp.ListUsersInGroupResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserSearch;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** A group's users by sub; a page token serves its own group only, not one made later anew. */
public final class ListUsersInGroup
    implements Operation<ListUsersInGroupRequest, ListUsersInGroupResponse> {
  private final Pools pools;
  private final Database database;
  private final Paging paging;

  public ListUsersInGroup(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public ListUsersInGroupResponse handle(ListUsersInGroupRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Group group =
        database.read(handle -> GroupStore.require(handle, pool.id(), request.groupName()));
    Page<User> page =
        paging.page(
            Listing.of(
                "ListUsersInGroup/" + group.incarnation() + "/" + group.name(),
                pool.id(),
                request.limit(),
                request.nextToken()),
            (after, most) ->
                database.read(handle -> UserSearch.inGroup(handle, group, after.orElse(""), most)),
            User::sub);
    return ListUsersInGroupResponse.builder()
        .users(page.map(user -> Answers.user(user, name -> true)))
        .nextToken(page.nextToken())
        .build();
  }
}

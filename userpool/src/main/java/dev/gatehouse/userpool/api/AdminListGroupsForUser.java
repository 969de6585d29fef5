package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminListGroupsForUserRequest;
import dev.gatehouse.model.cognitoidp.AdminListGroupsForUserResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** The groups that a user is in, by name; a page token serves its own user only. */
public final class AdminListGroupsForUser
    implements Operation<AdminListGroupsForUserRequest, AdminListGroupsForUserResponse> {
  private final Pools pools;
  private final Database database;
  private final Paging paging;

  public AdminListGroupsForUser(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public AdminListGroupsForUserResponse handle(
      AdminListGroupsForUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    Page<Group> page =
        paging.page(
            Listing.of(
                "AdminListGroupsForUser/" + user.sub(),
                pool.id(),
                request.limit(),
                request.nextToken()),
            (after, most) ->
                database.read(handle ->
                    MemberStore.page(handle, pool.id(), user.sub(), after.orElse(""), most)),
            Group::name);
    return AdminListGroupsForUserResponse.builder()
        .groups(page.map(Answers::group))
        .nextToken(page.nextToken())
        .build();
  }
}

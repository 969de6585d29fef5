package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListUserPoolsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolsResponse;
import dev.gatehouse.model.cognitoidp.UserPoolDescriptionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;

/** The pools of the region that the call was signed for, by id. */
public final class ListUserPools implements Operation<ListUserPoolsRequest, ListUserPoolsResponse> {
  private final Database database;
  private final Paging paging;

  public ListUserPools(Database database, PageTokens pageTokens) {
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public ListUserPoolsResponse handle(ListUserPoolsRequest request, RequestContext context) {
    Page<Pool> page =
        paging.page(
            Listing.of(
                "ListUserPools/" + context.region(),
                Vault.SERVER,
                request.maxResults(),
                request.nextToken()),
            (after, most) ->
                database.read(
                    handle -> PoolStore.page(handle, context.region(), after.orElse(""), most)),
            Pool::id);
    return ListUserPoolsResponse.builder()
        .userPools(page.map(ListUserPools::description))
        .nextToken(page.nextToken())
        .build();
  }

  private static UserPoolDescriptionType description(Pool pool) {
    return UserPoolDescriptionType.builder()
        .id(pool.id())
        .name(pool.settings().name())
        .lambdaConfig(pool.settings().lambdaConfig())
        .creationDate(pool.created())
        .lastModifiedDate(pool.modified())
        .build();
  }
}

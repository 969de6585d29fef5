package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListUserPoolsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolsResponse;
import dev.gatehouse.model.cognitoidp.UserPoolDescriptionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;
import java.util.List;

/** The pools of the region that the call was signed for, by id. */
public final class ListUserPools implements Operation<ListUserPoolsRequest, ListUserPoolsResponse> {
  private final Database database;
  private final PageTokens pageTokens;

  public ListUserPools(Database database, PageTokens pageTokens) {
    this.database = database;
    this.pageTokens = pageTokens;
  }

  @Override
  public ListUserPoolsResponse handle(ListUserPoolsRequest request, RequestContext context) {
    int most = request.maxResults();
    String list = "ListUserPools/" + context.region();
    String after =
        request.nextToken() == null
            ? ""
            : pageTokens
                .open(list, Vault.SERVER, request.nextToken())
                .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal());
    List<Pool> found =
        database.read(handle -> PoolStore.page(handle, context.region(), after, most + 1));
    List<Pool> page = found.size() > most ? found.subList(0, most) : found;
    return ListUserPoolsResponse.builder()
        .userPools(page.stream().map(ListUserPools::description).toList())
        .nextToken(
            found.size() > most ? pageTokens.seal(list, Vault.SERVER, page.getLast().id()) : null)
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

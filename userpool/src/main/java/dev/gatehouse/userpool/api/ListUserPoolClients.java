package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ClientTypeType;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientDescription;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** A pool's clients by id; with ClientType only those of the type, so a page may be short. */
public final class ListUserPoolClients
    implements Operation<ListUserPoolClientsRequest, ListUserPoolClientsResponse> {
  private final Pools pools;
  private final Database database;
  private final Paging paging;

  public ListUserPoolClients(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public ListUserPoolClientsResponse handle(
      ListUserPoolClientsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Page<ClientRow> page =
        paging.page(
            Listing.of("ListUserPoolClients", pool.id(), request.maxResults(), request.nextToken()),
            (after, most) ->
                database.read(
                    handle -> ClientStore.page(handle, pool.id(), after.orElse(""), most)),
            ClientRow::clientId);
    return ListUserPoolClientsResponse.builder()
        .userPoolClients(
            page.entries().stream()
                .filter(
                    row -> request.clientType() == null || request.clientType().equals(type(row)))
                .map(row ->
                    UserPoolClientDescription.builder()
                        .userPoolId(pool.id())
                        .clientId(row.clientId())
                        .clientName(row.document().settings().clientName())
                        .build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static ClientTypeType type(ClientRow row) {
    ClientTypeType type = row.document().settings().clientType();
    return type == null ? ClientTypeType.REGULAR : type;
  }
}

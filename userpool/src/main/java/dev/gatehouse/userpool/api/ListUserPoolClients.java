package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ClientTypeType;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientDescription;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;

/** A pool's clients by id; with ClientType only those of the type, so a page may be short. */
public final class ListUserPoolClients
    implements Operation<ListUserPoolClientsRequest, ListUserPoolClientsResponse> {
  private final Pools pools;
  private final Database database;
  private final PageTokens pageTokens;

  public ListUserPoolClients(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.pageTokens = pageTokens;
  }

  @Override
  public ListUserPoolClientsResponse handle(
      ListUserPoolClientsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    int most = request.maxResults() == null ? 60 : request.maxResults();
    String after =
        request.nextToken() == null
            ? ""
            : pageTokens
                .open("ListUserPoolClients", pool.id(), request.nextToken())
                .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal());
    List<ClientRow> found =
        database.read(handle -> ClientStore.page(handle, pool.id(), after, most + 1));
    List<ClientRow> page = found.size() > most ? found.subList(0, most) : found;
    return ListUserPoolClientsResponse.builder()
        .userPoolClients(
            page.stream()
                .filter(
                    row -> request.clientType() == null || request.clientType().equals(type(row)))
                .map(row ->
                    UserPoolClientDescription.builder()
                        .userPoolId(pool.id())
                        .clientId(row.clientId())
                        .clientName(row.document().settings().clientName())
                        .build())
                .toList())
        .nextToken(
            found.size() > most
                ? pageTokens.seal("ListUserPoolClients", pool.id(), page.getLast().clientId())
                : null)
        .build();
  }

  private static ClientTypeType type(ClientRow row) {
    ClientTypeType type = row.document().settings().clientType();
    return type == null ? ClientTypeType.REGULAR : type;
  }
}

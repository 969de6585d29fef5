package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.ConfigCache;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.ClientStore.SecretRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Finds pools and clients, from the cache where it can. */
public final class Pools {
  private static final String POOL = "pool";
  private static final String CLIENT = "client";
  private static final int CACHED_POOLS = 10_000;
  private static final int CACHED_CLIENTS = 20_000;

  private final Database database;
  private final Vault vault;
  private final ConfigCache<String, Pool> pools;
  private final ConfigCache<String, AppClient> clients;

  public Pools(Database database, Vault vault, ConfigChanges changes) {
    this.database = database;
    this.vault = vault;
    this.pools =
        changes.cache(
            POOL,
            CACHED_POOLS,
            Function.identity(),
            id -> database.read(handle -> PoolStore.find(handle, id)));
    this.clients = changes.cache(CLIENT, CACHED_CLIENTS, Function.identity(), this::loadClient);
  }

  /** States inside a write that the pool's row changed. */
  public static void changed(Handle handle, String poolId) {
    ConfigCache.changed(handle, POOL, poolId);
  }

  /** States inside a write that the client's row or secrets changed. */
  public static void clientChanged(Handle handle, String clientId) {
    ConfigCache.changed(handle, CLIENT, clientId);
  }

  public Optional<Pool> find(String poolId) {
    return pools.get(poolId);
  }

  /**
   * The pool that a signed call names. A call whose signature names another region does not see it.
   *
   * @throws dev.gatehouse.kernel.Refusal POOL_UNKNOWN
   */
  public Pool require(String poolId, RequestContext context) {
    return find(poolId)
        .filter(pool -> pool.region().equals(context.region()))
        .orElseThrow(() -> Why.POOL_UNKNOWN.refusal(poolId));
  }

  public Optional<AppClient> findClient(String clientId) {
    return clients.get(clientId).filter(client -> find(client.poolId()).isPresent());
  }

  /**
   * The client that an unsigned call names alone.
   *
   * @throws dev.gatehouse.kernel.Refusal CLIENT_UNKNOWN
   */
  public AppClient requireClient(String clientId) {
    return findClient(clientId).orElseThrow(() -> Why.CLIENT_UNKNOWN.refusal(clientId));
  }

  /**
   * The client of this pool; one of another pool is unknown.
   *
   * @throws dev.gatehouse.kernel.Refusal CLIENT_UNKNOWN
   */
  public AppClient requireClient(Pool pool, String clientId) {
    return findClient(clientId)
        .filter(client -> client.poolId().equals(pool.id()))
        .orElseThrow(() -> Why.CLIENT_UNKNOWN.refusal(clientId));
  }

  /**
   * The client past the cache, for changes that depend on what it has: another node may have
   * changed it a moment ago.
   *
   * @throws dev.gatehouse.kernel.Refusal CLIENT_UNKNOWN
   */
  public AppClient requireStoredClient(Pool pool, String clientId) {
    return loadClient(clientId)
        .filter(client -> client.poolId().equals(pool.id()))
        .orElseThrow(() -> Why.CLIENT_UNKNOWN.refusal(clientId));
  }

  /** The pool of a client that was found. */
  public Pool poolOf(AppClient client) {
    return find(client.poolId()).orElseThrow(() -> Why.CLIENT_UNKNOWN.refusal(client.id()));
  }

  private record ClientRows(ClientRow client, List<SecretRow> secrets) {}

  private Optional<AppClient> loadClient(String clientId) {
    return database
        .<Optional<ClientRows>>read(handle ->
            ClientStore.find(handle, clientId)
                .map(row ->
                    new ClientRows(row, ClientStore.secrets(handle, row.poolId(), clientId))))
        .map(rows ->
            new AppClient(
                rows.client().poolId(),
                clientId,
                rows.client().created(),
                rows.client().modified(),
                rows.client().revision(),
                rows.client().document(),
                rows.secrets().stream()
                    .map(secret -> open(rows.client().poolId(), clientId, secret))
                    .toList()));
  }

  private AppClient.ClientSecret open(String poolId, String clientId, SecretRow row) {
    return new AppClient.ClientSecret(
        row.secretId(),
        row.slot(),
        row.created(),
        Secret.of(vault.open(secretPlace(poolId, clientId, row.secretId()), row.sealed())));
  }

  /** Where a client's secret is sealed for. */
  public static Place secretPlace(String poolId, String clientId, String secretId) {
    return new Place("client_secret", poolId, clientId + "/" + secretId, "sealed");
  }
}

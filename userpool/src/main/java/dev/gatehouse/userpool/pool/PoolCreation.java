package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.ClientStore.SecretRow;
import dev.gatehouse.userpool.pool.PoolStore.PoolRow;
import dev.gatehouse.userpool.token.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes new pools and clients under ids that are drawn or chosen, with their keys and secrets,
 * each in one transaction.
 */
public final class PoolCreation {
  private static final int MOST_POOLS = 1000;
  private static final int MOST_CLIENTS = 1000;

  private final Database database;
  private final Vault vault;
  private final SigningKeys signingKeys;
  private final Clock clock;

  public PoolCreation(Database database, Vault vault, SigningKeys signingKeys, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.signingKeys = signingKeys;
    this.clock = clock;
  }

  /**
   * Creates a pool with its data key and signing keys.
   *
   * @return empty when the id was given before, to a pool that has been deleted too
   * @throws dev.gatehouse.kernel.Refusal LIMIT_OF
   */
  public Optional<Pool> pool(String poolId, PoolDocument document) {
    // what is stored and what is answered are the same date
    Instant now = clock.now();
    Pool pool = new Pool(poolId, now, now, 0, document);
    NewPoolKey poolKey = vault.newPoolKey(poolId);
    SigningKeys.NewKeys keys = signingKeys.forNewPool(poolKey);
    PoolRow row = PoolRow.of(pool);
    boolean created =
        database.write(handle -> {
          if (PoolStore.count(handle, pool.region()) >= MOST_POOLS) {
            throw Why.LIMIT_OF.refusal("Exceeded the limit of " + MOST_POOLS + " user pools.");
          }
          if (!PoolStore.insert(handle, row)) {
            return false;
          }
          poolKey.insert(handle);
          keys.insert(handle);
          Pools.changed(handle, poolId);
          return true;
        });
    return created ? Optional.of(pool) : Optional.empty();
  }

  /**
   * Creates a client.
   *
   * @param secret null for a public client
   * @return empty when the id is taken, in whatever pool
   * @throws dev.gatehouse.kernel.Refusal LIMIT_OF; POOL_UNKNOWN when the pool was deleted meanwhile
   */
  public Optional<AppClient> client(
      Pool pool, String clientId, UserPoolClientType settings, @Nullable Secret secret) {
    Instant now = clock.now();
    ClientRow row = ClientRow.of(pool.id(), clientId, now, now, 0, ClientDocument.ofNew(settings));
    String secretId = clientId + "--" + now.getEpochSecond();
    Optional<SecretRow> secretRow =
        Optional.ofNullable(secret)
            .map(value ->
                new SecretRow(
                    secretId,
                    0,
                    now,
                    vault.seal(Pools.secretPlace(pool.id(), clientId, secretId), value)));
    boolean created =
        database.write(handle -> {
          if (!PoolStore.hold(handle, pool.id())) {
            throw Why.POOL_UNKNOWN.refusal(pool.id());
          }
          if (ClientStore.count(handle, pool.id()) >= MOST_CLIENTS) {
            throw Why.LIMIT_OF.refusal(
                "Exceeded the limit of " + MOST_CLIENTS + " clients in a user pool.");
          }
          if (!ClientStore.insert(handle, row)) {
            return false;
          }
          secretRow.ifPresent(sealed -> ClientStore.addSecret(handle, pool.id(), clientId, sealed));
          Pools.clientChanged(handle, clientId);
          return true;
        });
    if (!created) {
      return Optional.empty();
    }
    return Optional.of(
        new AppClient(
            pool.id(),
            clientId,
            now,
            now,
            0,
            row.document(),
            secret == null
                ? List.of()
                : List.of(new AppClient.ClientSecret(secretId, 0, now, secret))));
  }
}

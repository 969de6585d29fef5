package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The keys of pools for one purpose each, sealed in the store, the same on every node. */
public final class PoolSecrets {
  private static final String SCOPE = "pool_secret";
  private static final int CACHED = 20_000;

  private final Database database;
  private final Vault vault;
  private final Ids ids;
  private final Clock clock;
  private final ConfigCache<Kind, List<PoolSecret>> cache;

  public PoolSecrets(Database database, Vault vault, ConfigChanges changes, Ids ids, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.ids = ids;
    this.clock = clock;
    this.cache = changes.cache(SCOPE, CACHED, Kind::text, this::load);
  }

  private record Kind(String poolId, String kind) {
    String text() {
      return poolId + "/" + kind;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(int keyId, byte[] sealed, Instant created) {}

  /**
   * A secret to be inserted, made and sealed before the write.
   *
   * @param created milliseconds since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record NewPoolSecret(String poolId, String kind, int keyId, byte[] sealed, long created) {
    /** Whether it is in force now; false when another node was first with this key id. */
    public boolean insert(Handle handle) {
      boolean first =
          handle.execute(
                  "INSERT INTO pool_secret (pool_id, kind, key_id, sealed, created)"
                      + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  poolId,
                  kind,
                  keyId,
                  sealed,
                  created)
              == 1;
      if (first) {
        ConfigCache.changed(handle, SCOPE, new Kind(poolId, kind).text());
      }
      return first;
    }
  }

  /**
   * Makes a secret of a pool that exists.
   *
   * @param keyId higher than those before it; nodes that renew at the same time choose the same
   */
  public NewPoolSecret make(String poolId, String kind, int keyId) {
    byte[] bits = ids.bytes(SealingKey.LENGTH);
    byte[] sealed = vault.seal(place(poolId, kind, keyId), bits);
    return new NewPoolSecret(poolId, kind, keyId, sealed, clock.now().toEpochMilli());
  }

  /** Makes a secret of a pool that is being created in the same transaction. */
  public NewPoolSecret make(NewPoolKey pool, String kind, int keyId) {
    byte[] bits = ids.bytes(SealingKey.LENGTH);
    byte[] sealed = pool.seal(place(pool.poolId(), kind, keyId), bits);
    return new NewPoolSecret(pool.poolId(), kind, keyId, sealed, clock.now().toEpochMilli());
  }

  /** The pool's secrets of this kind, the one in force first; empty when it has none. */
  public List<PoolSecret> of(String poolId, String kind) {
    return cache.get(new Kind(poolId, kind)).orElse(List.of());
  }

  /** The secret with this id, if the pool still keeps it. */
  public Optional<PoolSecret> find(String poolId, String kind, int keyId) {
    return of(poolId, kind).stream().filter(secret -> secret.keyId() == keyId).findFirst();
  }

  /** Deletes all but the newest {@code kept}; inside a write. */
  public static void deleteOlder(Handle handle, String poolId, String kind, int kept) {
    int deleted =
        handle.execute(
            "DELETE FROM pool_secret WHERE pool_id = ? AND kind = ? AND key_id NOT IN"
                + " (SELECT key_id FROM pool_secret WHERE pool_id = ? AND kind = ?"
                + " ORDER BY key_id DESC LIMIT ?)",
            poolId,
            kind,
            poolId,
            kind,
            kept);
    if (deleted > 0) {
      ConfigCache.changed(handle, SCOPE, new Kind(poolId, kind).text());
    }
  }

  private Optional<List<PoolSecret>> load(Kind kind) {
    List<Row> rows =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT key_id, sealed, created FROM pool_secret"
                        + " WHERE pool_id = :poolId AND kind = :kind ORDER BY key_id DESC")
                .bind("poolId", kind.poolId())
                .bind("kind", kind.kind())
                .map((found, context) ->
                    new Row(
                        found.getInt(1), found.getBytes(2), Instant.ofEpochMilli(found.getLong(3))))
                .list());
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.stream().map(row -> opened(kind, row)).toList());
  }

  private PoolSecret opened(Kind kind, Row row) {
    byte[] bits = vault.open(place(kind.poolId(), kind.kind(), row.keyId()), row.sealed());
    return new PoolSecret(kind.poolId(), row.created(), new SealingKey(row.keyId(), bits), ids);
  }

  private static Place place(String poolId, String kind, int keyId) {
    return new Place("pool_secret", poolId, kind + "/" + keyId, "sealed");
  }
}

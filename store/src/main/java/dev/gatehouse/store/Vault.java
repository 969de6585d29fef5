package dev.gatehouse.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens what is secret in the database, and hashes by key what is only compared. Each
 * pool has a data key, wrapped by the master key; pool id {@code ""} is the server itself. All of
 * it happens before {@code Database.write} or after {@code read}, never inside.
 */
public final class Vault {
  /** The pool id of what belongs to no pool. */
  public static final String SERVER = "";

  private static final int CACHED_POOLS = 10_000;

  /** How long other nodes still know the key of a pool that was deleted. */
  private static final Duration CACHED_FOR = Duration.ofHours(1);

  private static final String SCOPE = "data_key";
  private static final int REWRAPPED_AT_ONCE = 200;

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final Cache<String, PoolKeys> cache =
      Caffeine.newBuilder().maximumSize(CACHED_POOLS).expireAfterWrite(CACHED_FOR).build();
  private volatile MasterKeys known;
  private volatile ServerRow server;

  private Vault(Database database, Ids ids, Clock clock, MasterKeys known, ServerRow server) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.known = known;
    this.server = server;
    switch (database) {
      case Engine engine -> engine.news().subscribe(this::forget);
    }
  }

  private void forget(List<CommitNews.Change> changes) {
    for (CommitNews.Change change : changes) {
      if (change.scope().equals(SCOPE)) {
        cache.invalidate(change.key());
      }
    }
  }

  /** The data keys of one pool; the last one seals, the first one hashes, so that hashes stay. */
  private record PoolKeys(TreeMap<Integer, SealingKey> byVersion) {
    SealingKey sealing() {
      return byVersion.lastEntry().getValue();
    }

    SealingKey hashing() {
      return byVersion.firstEntry().getValue();
    }
  }

  /**
   * Opens the vault of a database, fixing account id and master key when it is new, and going on
   * with a change of the master key that was interrupted.
   *
   * @param accountId the configured account id, null for whatever the database has ({@code
   *     000000000000} when it is new)
   * @throws StartRefusedException when the database belongs to another master key or account
   */
  public static Vault open(
      Database database, MasterKeys keys, Ids ids, Clock clock, @Nullable String accountId) {
    Optional<ServerRow> there = database.read(ServerRow::read);
    ServerRow row = there.isPresent() ? there.get() : begin(database, keys, ids, clock, accountId);
    if (accountId != null && !accountId.equals(row.accountId())) {
      throw new StartRefusedException(
          "The database was begun with account id "
              + row.accountId()
              + ", the configuration says "
              + accountId
              + ". It is part of every ARN and cannot be changed.");
    }
    requireKeys(row, keys);
    Vault vault = new Vault(database, ids, clock, keys, row);
    String next = row.nextMasterKey();
    if (next != null) {
      vault.rewrap(keys.byFingerprint(next).orElseThrow(), count -> {});
    }
    vault.keysOf(SERVER);
    return vault;
  }

  private static ServerRow begin(
      Database database, MasterKeys keys, Ids ids, Clock clock, @Nullable String accountId) {
    MasterKey master = keys.known().getFirst();
    ServerRow row =
        new ServerRow(
            accountId == null ? "000000000000" : accountId,
            master.fingerprint(),
            null,
            clock.now());
    byte[] wrapped = master.wrap(ids, SERVER, 1, ids.bytes(SealingKey.LENGTH));
    DataKeyRow dataKey = new DataKeyRow(SERVER, 1, wrapped, master.fingerprint());
    return database.write(handle -> {
      if (row.insert(handle)) {
        dataKey.insert(handle, row.created().toEpochMilli());
      }
      return ServerRow.read(handle).orElseThrow();
    });
  }

  private static void requireKeys(ServerRow row, MasterKeys keys) {
    String next = row.nextMasterKey();
    boolean current = keys.byFingerprint(row.masterKey()).isPresent();
    if (next != null && !(current && keys.byFingerprint(next).isPresent())) {
      throw new StartRefusedException(
          "A change of the master key was interrupted. Start with both keys, the old one"
              + " (fingerprint "
              + row.masterKey()
              + ") and the new one ("
              + next
              + "), so that it can be finished.");
    }
    if (!current) {
      throw new StartRefusedException(
          "This is not the database's master key: the database needs the key with fingerprint "
              + row.masterKey()
              + ", given was "
              + keys.known().getFirst().fingerprint()
              + ".");
    }
  }

  /** What was fixed when the database was begun. */
  public ServerIdentity server() {
    return new ServerIdentity(server.accountId(), server.created());
  }

  /** The fingerprint of the master key in force. */
  public String masterKeyInForce() {
    return server.masterKey();
  }

  /** A data key for a pool to be created. */
  public NewPoolKey newPoolKey(String poolId) {
    byte[] bits = ids.bytes(SealingKey.LENGTH);
    List<DataKeyRow> wrappings = new ArrayList<>();
    for (MasterKey master : known.known()) {
      byte[] wrapped = master.wrap(ids, poolId, 1, bits);
      wrappings.add(new DataKeyRow(poolId, 1, wrapped, master.fingerprint()));
    }
    return new NewPoolKey(
        poolId, ids, new SealingKey(1, bits), wrappings, clock.now().toEpochMilli());
  }

  /** Deletes a pool's data keys: what they sealed, in backups too, can never be opened again. */
  public static void deletePoolKeys(Handle handle, String poolId) {
    handle.execute("DELETE FROM data_key WHERE pool_id = ?", poolId);
    handle.getConfig(CommitNews.Pending.class).add(new CommitNews.Change(SCOPE, poolId));
  }

  /** Seals a value for its place. */
  public byte[] seal(Place place, byte[] plain) {
    return keysOf(place.poolId()).sealing().seal(ids, place, plain);
  }

  public byte[] seal(Place place, Secret plain) {
    return seal(place, plain.bytes());
  }

  /**
   * Opens what {@link #seal} made for the same place.
   *
   * @throws StoreException when it was altered, moved from another place, or its key is gone
   */
  public byte[] open(Place place, byte[] sealed) {
    return tryOpen(place, sealed)
        .orElseThrow(() -> new StoreException("a sealed value of " + place + " does not open"));
  }

  /** As {@link #open}, for values that have been in other hands. */
  public Optional<byte[]> tryOpen(Place place, byte[] sealed) {
    OptionalInt version = SealingKey.idOf(sealed);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(keysOf(place.poolId()).byVersion().get(version.getAsInt()))
        .flatMap(key -> key.open(place, sealed));
  }

  /**
   * HMAC-SHA256 of the parts under a key of this pool and purpose; the same as long as the pool
   * lives.
   */
  public byte[] mac(String poolId, String purpose, byte[]... parts) {
    return keysOf(poolId).hashing().mac(purpose, parts);
  }

  private PoolKeys keysOf(String poolId) {
    WriteGuard.outside("using the vault");
    PoolKeys cached = cache.getIfPresent(poolId);
    if (cached != null) {
      return cached;
    }
    PoolKeys loaded = load(poolId);
    cache.put(poolId, loaded);
    return loaded;
  }

  private PoolKeys load(String poolId) {
    List<DataKeyRow> rows = database.read(handle -> DataKeyRow.ofPool(handle, poolId));
    if (rows.isEmpty()) {
      throw new StoreException("pool '" + poolId + "' has no data key");
    }
    TreeMap<Integer, SealingKey> byVersion = new TreeMap<>();
    for (DataKeyRow row : rows) {
      byVersion.put(row.version(), new SealingKey(row.version(), unwrap(row)));
    }
    return new PoolKeys(byVersion);
  }

  private byte[] unwrap(DataKeyRow row) {
    return known
        .byFingerprint(row.wrappedBy())
        .flatMap(master -> master.unwrap(row.poolId(), row.version(), row.wrapped()))
        .orElseThrow(() ->
            new StoreException(
                "the data key of pool '"
                    + row.poolId()
                    + "' does not open; it is wrapped by master key "
                    + row.wrappedBy()));
  }

  /**
   * Wraps every data key by a new master key. Nothing that is sealed or hashed changes. When it is
   * interrupted the database knows both fingerprints; it goes on when called again, or when the
   * vault is next opened with both keys. Other nodes must know the new key beforehand.
   *
   * @param progress is told how many data keys were wrapped anew so far
   * @throws StoreException when a change to another key is under way
   */
  public void rotateMaster(MasterKey fresh, LongConsumer progress) {
    WriteGuard.outside("changing the master key");
    String current = server.masterKey();
    if (fresh.fingerprint().equals(current)) {
      return;
    }
    if (!database.write(handle -> ServerRow.markNext(handle, current, fresh.fingerprint()))) {
      throw new StoreException("the master key is being changed to another one, or was changed");
    }
    rewrap(fresh, progress);
  }

  private void rewrap(MasterKey fresh, LongConsumer progress) {
    known = known.with(fresh);
    String by = fresh.fingerprint();
    long done = 0;
    do {
      while (true) {
        List<DataKeyRow> rows =
            database.read(handle -> DataKeyRow.notWrappedBy(handle, by, REWRAPPED_AT_ONCE));
        if (rows.isEmpty()) {
          break;
        }
        List<byte[]> anew = new ArrayList<>();
        for (DataKeyRow row : rows) {
          anew.add(fresh.wrap(ids, row.poolId(), row.version(), unwrap(row)));
        }
        done += database.write(handle -> store(handle, rows, anew, by));
        progress.accept(done);
      }
      // A pool may have been created meanwhile by a node that had read the server row before.
    } while (!database.write(handle -> ServerRow.promoteNext(handle, by)));
    server = database.read(ServerRow::read).orElseThrow();
  }

  private static int store(Handle handle, List<DataKeyRow> rows, List<byte[]> anew, String by) {
    int changed = 0;
    for (int i = 0; i < rows.size(); i++) {
      changed += rows.get(i).rewrap(handle, anew.get(i), by);
    }
    return changed;
  }
}

package dev.gatehouse.access;

import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.ConfigCache;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Keys of table {@code access_key}, their secrets sealed; found through the cache. */
public final class StoredAccessKeys implements AccessKeys {
  private static final String SCOPE = "access_key";
  private static final int CACHED = 10_000;

  private final Database database;
  private final Vault vault;
  private final Clock clock;
  private final ConfigCache<String, AccessKey> cache;

  public StoredAccessKeys(Database database, Vault vault, ConfigChanges changes, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.cache = changes.cache(SCOPE, CACHED, Function.identity(), this::load);
  }

  private record Row(String arn, String userId, byte[] secret) {}

  @Override
  public Optional<AccessKey> remembered(String accessKeyId) {
    return cache.remembered(accessKeyId);
  }

  @Override
  public Optional<AccessKey> read(String accessKeyId) {
    return cache.reload(accessKeyId);
  }

  private Optional<AccessKey> load(String id) {
    return database
        .<Optional<Row>>read(handle ->
            handle
                .createQuery(
                    "SELECT arn, user_id, secret FROM access_key WHERE id = :id AND active = 1")
                .bind("id", id)
                .map((row, context) ->
                    new Row(row.getString("arn"), row.getString("user_id"), row.getBytes("secret")))
                .findOne())
        .map(row ->
            new AccessKey(
                Secret.of(vault.open(place(id), row.secret())),
                new Caller.Signed(row.arn(), row.userId(), id)));
  }

  /** A key id and its secret. */
  public record RootKey(String id, Secret secret) {
    /** A random one. */
    public static RootKey random(Ids ids) {
      return new RootKey(
          ids.accessKeyId("AKIA"),
          Secret.of(Base64.getEncoder().withoutPadding().encodeToString(ids.bytes(30))));
    }
  }

  /**
   * The account's root key: the one that is there, or {@code wanted}, which replaces another one.
   *
   * @param wanted given by the operator, or random for a first start
   */
  public RootKey root(Optional<RootKey> wanted, Ids ids) {
    String account = vault.server().accountId();
    String arn = "arn:aws:iam::" + account + ":root";
    Optional<String> present =
        database.read(handle ->
            handle
                .createQuery("SELECT id FROM access_key WHERE arn = :arn AND active = 1")
                .bind("arn", arn)
                .map((row, context) -> row.getString("id"))
                .findFirst());
    if (present.isPresent()
        && (wanted.isEmpty()
            || wanted.get().id().equals(present.get())
                && read(present.get())
                    .filter(key -> key.secret().matches(wanted.get().secret()))
                    .isPresent())) {
      return new RootKey(present.get(), read(present.get()).orElseThrow().secret());
    }
    RootKey root = wanted.orElseGet(() -> RootKey.random(ids));
    byte[] sealed = vault.seal(place(root.id()), root.secret());
    long now = clock.now().toEpochMilli();
    database.write(handle -> {
      handle.createUpdate("DELETE FROM access_key WHERE arn = :arn").bind("arn", arn).execute();
      insert(handle, root.id(), sealed, arn, account, now);
      present.ifPresent(id -> ConfigCache.changed(handle, SCOPE, id));
      ConfigCache.changed(handle, SCOPE, root.id());
      return root;
    });
    return root;
  }

  private static void insert(
      Handle handle, String id, byte[] sealed, String arn, String userId, long now) {
    handle
        .createUpdate(
            """
            INSERT INTO access_key (id, secret, arn, user_id, active, created)
            VALUES (:id, :secret, :arn, :userId, 1, :created)
            """)
        .bind("id", id)
        .bind("secret", sealed)
        .bind("arn", arn)
        .bind("userId", userId)
        .bind("created", now)
        .execute();
  }

  private static Place place(String id) {
    return new Place("access_key", Vault.SERVER, id, "secret");
  }
}

package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.Jwks;
import dev.gatehouse.jose.KeySet;
import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.PublicJwk;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.SigningKey;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.ConfigCache;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.token.SigningKeyStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of pools: two pairs each, one for ID and one for access tokens (tokens.md §1),
 * sealed at rest, opened once and cached. A rotation publishes the next pairs a day before they
 * sign and keeps the old ones published until their last token has expired.
 */
public final class SigningKeys {
  private static final String SCOPE = "signing_key";
  private static final int CACHED = 10_000;

  /** How long a key is published before it signs; JWKS may be cached for an hour. */
  public static final Duration AHEAD = Duration.ofDays(1);

  /** The longest life of an ID or access token, and the ahead time, and an hour for clocks. */
  private static final Duration AFTER = Duration.ofDays(1).plusHours(1);

  private final Database database;
  private final Vault vault;
  private final Rs256 rs256;
  private final KeyStock stock;
  private final Clock clock;
  private final ConfigCache<String, Loaded> cache;

  public SigningKeys(
      Database database,
      Vault vault,
      Rs256 rs256,
      KeyStock stock,
      ConfigChanges changes,
      Clock clock) {
    this.database = database;
    this.vault = vault;
    this.rs256 = rs256;
    this.stock = stock;
    this.clock = clock;
    this.cache = changes.cache(SCOPE, CACHED, Function.identity(), this::load);
  }

  /** The two keys that sign at this moment. */
  public record Pair(SigningKey id, SigningKey access) {}

  /**
   * Keys whose tokens are good, each kind by itself: an ID token never passes for an access token.
   */
  public record Verifying(KeySet id, KeySet access) {}

  private record LoadedKey(Row row, SigningKey key) {}

  /** A pool's rows, and what follows from them until one retires. */
  private static final class Loaded {
    private final List<LoadedKey> keys;
    private volatile @Nullable Published published;

    Loaded(List<LoadedKey> keys) {
      this.keys = List.copyOf(keys);
    }

    List<LoadedKey> keys() {
      return keys;
    }

    Published published(Instant now) {
      Published last = published;
      if (last == null || now.isBefore(last.from()) || !now.isBefore(last.until())) {
        last = publish(now);
        published = last;
      }
      return last;
    }

    private Published publish(Instant now) {
      List<LoadedKey> open = new ArrayList<>();
      Instant until = Instant.MAX;
      for (LoadedKey key : keys) {
        Instant retires = key.row().retires();
        if (retires == null || retires.isAfter(now)) {
          open.add(key);
          until = retires == null || retires.isAfter(until) ? until : retires;
        }
      }
      return new Published(
          now,
          until,
          open.stream().map(key -> key.key().publicJwk()).toList(),
          new Verifying(keySet(open, "id"), keySet(open, "access")));
    }

    private static KeySet keySet(List<LoadedKey> keys, String use) {
      return new KeySet(
          keys.stream()
              .filter(key -> key.row().tokenUse().equals(use))
              .map(key -> key.key().publicJwk())
              .toList());
    }
  }

  /** What is published from one moment until another. */
  private record Published(
      Instant from, Instant until, List<PublicJwk> keys, Verifying verifying) {}

  /** A pool's first keys, made before the pool is written. */
  public record NewKeys(List<Row> rows) {
    public void insert(Handle handle) {
      rows.forEach(row -> SigningKeyStore.insert(handle, row));
      if (!rows.isEmpty()) {
        ConfigCache.changed(handle, SCOPE, rows.getFirst().poolId());
      }
    }
  }

  public NewKeys forNewPool(NewPoolKey poolKey) {
    return make(poolKey.poolId(), clock.now(), poolKey::seal);
  }

  @FunctionalInterface
  private interface Sealing {
    byte[] seal(Place place, Secret plain);
  }

  private NewKeys make(String poolId, Instant signs, Sealing sealing) {
    List<Row> rows = new ArrayList<>();
    for (String use : List.of("id", "access")) {
      SigningKey key = stock.take();
      rows.add(
          new Row(
              poolId,
              key.kid(),
              use,
              signs,
              null,
              key.publicJwk().spki(),
              sealing.seal(place(poolId, key.kid()), key.pkcs8())));
    }
    return new NewKeys(rows);
  }

  /**
   * Makes the next pairs. They are published from now and sign after {@link #AHEAD}; those before
   * them stay published until their last token has expired.
   */
  public Instant rotate(String poolId) {
    Instant signs = clock.now().plus(AHEAD);
    NewKeys next = make(poolId, signs, vault::seal);
    Instant retires = signs.plus(AFTER);
    database.write(handle -> {
      SigningKeyStore.retire(handle, poolId, signs, retires);
      next.insert(handle);
      return poolId;
    });
    return signs;
  }

  /** The pairs that sign now. */
  public Pair signing(String poolId) {
    return new Pair(signing(poolId, "id"), signing(poolId, "access"));
  }

  private SigningKey signing(String poolId, String use) {
    Instant now = clock.now();
    return loaded(poolId).keys().stream()
        .filter(key -> key.row().tokenUse().equals(use) && !key.row().signs().isAfter(now))
        .max(Comparator.comparing(key -> key.row().signs()))
        .orElseThrow(() -> new IllegalStateException("no signing key for pool " + poolId))
        .key();
  }

  public Verifying verifying(String poolId) {
    return loaded(poolId).published(clock.now()).verifying();
  }

  /** The pool's JWKS document. */
  public String jwks(String poolId) {
    return Jwks.json(loaded(poolId).published(clock.now()).keys());
  }

  private Loaded loaded(String poolId) {
    return cache.get(poolId).orElse(new Loaded(List.of()));
  }

  private Optional<Loaded> load(String poolId) {
    List<Row> rows = database.read(handle -> SigningKeyStore.all(handle, poolId));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Loaded(
            rows.stream()
                .map(row ->
                    new LoadedKey(
                        row,
                        rs256.load(
                            row.kid(),
                            Secret.of(vault.open(place(poolId, row.kid()), row.sealed())))))
                .toList()));
  }

  static Place place(String poolId, String kid) {
    return new Place("signing_key", poolId, kid, "private");
  }
}

package dev.gatehouse.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Keeps one node's caches true: looks at {@code config_version} at most once a second, when a cache
 * is asked, and drops what changed since. One instance a process.
 */
public final class ConfigChanges {
  private static final long POLL_NANOS = Duration.ofSeconds(1).toNanos();

  /** Rows of changes older than this many versions are swept. */
  private static final long KEPT_VERSIONS = 10_000;

  private final Database database;
  private final LongSupplier nanos;
  private final Map<String, ConfigCache<?, ?>> caches = new ConcurrentHashMap<>();
  private final ReentrantLock polling = new ReentrantLock();
  private volatile long polledAt;
  private volatile long seen = -1;

  public ConfigChanges(Database database) {
    this(database, System::nanoTime);
  }

  ConfigChanges(Database database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    switch (database) {
      case Engine engine -> engine.news().subscribe(this::drop);
    }
  }

  private record Version(long version, long swept) {}

  /**
   * A cache for the rows of one scope.
   *
   * @param scope the name under which {@link ConfigCache#changed} states changes
   * @param size rows kept at most
   * @param text the key as it is stated there
   * @param loader reads a row; may call {@code Database.read} and open what is sealed
   */
  public <K, V> ConfigCache<K, V> cache(
      String scope, long size, Function<K, String> text, Function<K, Optional<V>> loader) {
    ConfigCache<K, V> cache = new ConfigCache<>(this, size, text, loader);
    if (caches.putIfAbsent(scope, cache) != null) {
      throw new IllegalArgumentException("scope " + scope + " has a cache already");
    }
    return cache;
  }

  static void record(Handle handle, String scope, String key) {
    // The row stays locked to the end of the transaction: versions become visible in their order.
    long version =
        handle
            .createQuery(
                "UPDATE config_version SET version = version + 1 WHERE id = 1 RETURNING version")
            .mapTo(Long.class)
            .one();
    handle.execute(
        "INSERT INTO config_change (scope, key, version) VALUES (?, ?, ?)"
            + " ON CONFLICT (scope, key) DO UPDATE SET version = excluded.version",
        scope,
        key,
        version);
    handle.getConfig(CommitNews.Pending.class).add(new CommitNews.Change(scope, key));
  }

  /** Callers wait for a look that is due; otherwise a node long idle would answer old rows. */
  void refresh() {
    if (isFresh()) {
      return;
    }
    polling.lock();
    try {
      if (!isFresh()) {
        long began = nanos.getAsLong();
        poll();
        polledAt = began;
      }
    } finally {
      polling.unlock();
    }
  }

  private boolean isFresh() {
    return seen >= 0 && nanos.getAsLong() - polledAt < POLL_NANOS;
  }

  private void poll() {
    Version now =
        database.read(handle ->
            handle
                .createQuery("SELECT version, swept FROM config_version WHERE id = 1")
                .map((rows, context) -> new Version(rows.getLong(1), rows.getLong(2)))
                .one());
    if (now.version() == seen) {
      return;
    }
    long since = seen;
    if (since < now.swept() || now.version() < since) {
      caches.values().forEach(ConfigCache::dropAll);
    } else {
      drop(database.read(handle -> changesSince(handle, since)));
    }
    seen = now.version();
  }

  private static List<CommitNews.Change> changesSince(Handle handle, long version) {
    return handle
        .createQuery("SELECT scope, key FROM config_change WHERE version > :version")
        .bind("version", version)
        .map((rows, context) -> new CommitNews.Change(rows.getString(1), rows.getString(2)))
        .list();
  }

  private void drop(List<CommitNews.Change> changes) {
    for (CommitNews.Change change : changes) {
      ConfigCache<?, ?> cache = caches.get(change.scope());
      if (cache != null) {
        cache.drop(change.key());
      }
    }
  }

  /** Deletes what no node needs any more; a node further behind drops everything instead. */
  static void sweep(Handle handle) {
    handle.execute(
        "UPDATE config_version SET swept = version - ? WHERE id = 1 AND version - ? > swept",
        KEPT_VERSIONS,
        KEPT_VERSIONS);
    handle.execute(
        "DELETE FROM config_change WHERE version <="
            + " (SELECT swept FROM config_version WHERE id = 1)");
  }
}

package dev.gatehouse.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.kernel.WriteGuard;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one kind of cache there is, for pool, client, domain, key-set and access-key rows. Everything
 * else is read from the database each time. Made by {@link ConfigChanges#cache}.
 */
public final class ConfigCache<K, V> {
  private final ConfigChanges changes;
  private final Function<K, String> text;
  private final Function<K, Optional<V>> loader;
  private final Cache<String, V> cache;

  /** Counts drops, so that a row read before a drop is not kept after it. */
  private final AtomicLong drops = new AtomicLong();

  ConfigCache(
      ConfigChanges changes, long size, Function<K, String> text, Function<K, Optional<V>> loader) {
    this.changes = changes;
    this.text = text;
    this.loader = loader;
    this.cache = Caffeine.newBuilder().maximumSize(size).build();
  }

  /**
   * States inside a write that a row changed, appeared or vanished. This node forgets it before the
   * write returns, the others within a second of their clock.
   */
  public static void changed(Handle handle, String scope, String key) {
    ConfigChanges.record(handle, scope, key);
  }

  /** The row, from the cache or loaded; absence is not remembered. */
  public Optional<V> get(K key) {
    WriteGuard.outside("asking a cache");
    changes.refresh();
    String name = text.apply(key);
    V cached = cache.getIfPresent(name);
    if (cached != null) {
      return Optional.of(cached);
    }
    return load(name, key);
  }

  /** The row if the cache has it; nothing is loaded. */
  public Optional<V> remembered(K key) {
    WriteGuard.outside("asking a cache");
    changes.refresh();
    return Optional.ofNullable(cache.getIfPresent(text.apply(key)));
  }

  /** The row as it is stored, read past the cache, which keeps it. */
  public Optional<V> reload(K key) {
    WriteGuard.outside("asking a cache");
    return load(text.apply(key), key);
  }

  private Optional<V> load(String name, K key) {
    long before = drops.get();
    Optional<V> loaded = loader.apply(key);
    if (loaded.isPresent()) {
      cache.put(name, loaded.get());
      if (drops.get() != before) {
        cache.invalidate(name);
      }
    } else {
      cache.invalidate(name);
    }
    return loaded;
  }

  void drop(String key) {
    drops.incrementAndGet();
    cache.invalidate(key);
  }

  void dropAll() {
    drops.incrementAndGet();
    cache.invalidateAll();
  }
}

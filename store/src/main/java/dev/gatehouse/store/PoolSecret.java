package dev.gatehouse.store;

import dev.gatehouse.kernel.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A key of a pool for one purpose (flow, refresh, decoy): seals texts that leave the server, and
 * hashes by key.
 */
public final class PoolSecret {
  private final String poolId;
  private final Instant created;
  private final SealingKey key;
  private final Ids ids;

  PoolSecret(String poolId, Instant created, SealingKey key, Ids ids) {
    this.poolId = poolId;
    this.created = created;
    this.key = key;
    this.ids = ids;
  }

  /** Its number among the pool's keys of this kind; part of what it seals. */
  public int keyId() {
    return key.id();
  }

  public Instant created() {
    return created;
  }

  /** Seals a text; {@link Place#table} and {@code column} say which kind of text it is. */
  public byte[] seal(Place place, byte[] plain) {
    return key.seal(ids, requireOwn(place), plain);
  }

  /** Empty when the text was not sealed by this key for this place, or was altered. */
  public Optional<byte[]> open(Place place, byte[] sealed) {
    return key.open(requireOwn(place), sealed);
  }

  /** HMAC-SHA256 of the parts under a key of this secret and purpose. */
  public byte[] mac(String purpose, byte[]... parts) {
    return key.mac(purpose, parts);
  }

  /** The key id that a sealed text begins with; empty when it is none. */
  public static OptionalInt keyIdOf(byte[] sealed) {
    return SealingKey.idOf(sealed);
  }

  private Place requireOwn(Place place) {
    if (!place.poolId().equals(poolId)) {
      throw new IllegalArgumentException("a place of another pool");
    }
    return place;
  }
}

package dev.gatehouse.store;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The data key of a pool that is about to be created. It seals what is written together with the
 * pool; once {@link #insert} has been committed the {@link Vault} knows it.
 */
public final class NewPoolKey {
  private final String poolId;
  private final Ids ids;
  private final SealingKey key;
  private final List<DataKeyRow> wrappings;
  private final long created;

  /**
   * @param wrappings the same key wrapped by each master key that is known: which one counts is
   *     known inside the transaction only, and nothing is computed there
   */
  NewPoolKey(String poolId, Ids ids, SealingKey key, List<DataKeyRow> wrappings, long created) {
    this.poolId = poolId;
    this.ids = ids;
    this.key = key;
    this.wrappings = List.copyOf(wrappings);
    this.created = created;
  }

  public String poolId() {
    return poolId;
  }

  /** As {@link Vault#seal(Place, byte[])}, for places of this pool. */
  public byte[] seal(Place place, byte[] plain) {
    if (!place.poolId().equals(poolId)) {
      throw new IllegalArgumentException("a place of another pool");
    }
    return key.seal(ids, place, plain);
  }

  public byte[] seal(Place place, Secret plain) {
    return seal(place, plain.bytes());
  }

  /** As {@link Vault#mac}. */
  public byte[] mac(String purpose, byte[]... parts) {
    return key.mac(purpose, parts);
  }

  /**
   * Writes the row; inside {@code Database.write}.
   *
   * @throws StoreException when the master key was changed and this process was not told the new
   *     one
   */
  public void insert(Handle handle) {
    ServerRow server = ServerRow.hold(handle);
    String next = server.nextMasterKey();
    String wanted = next != null ? next : server.masterKey();
    wrappings.stream()
        .filter(row -> row.wrappedBy().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new StoreException("the master key was changed; restart with the new one"))
        .insert(handle, created);
  }
}

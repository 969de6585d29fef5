package dev.gatehouse.jose;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys whose tokens are accepted: those in force, the one before, the next one. */
public final class KeySet {
  private final List<PublicJwk> keys;
  private final Map<String, PublicJwk> byKid;

  /**
   * A set of these keys, in this order.
   *
   * @throws IllegalArgumentException if two keys have one kid
   */
  public KeySet(Collection<PublicJwk> keys) {
    this.keys = List.copyOf(keys);
    Map<String, PublicJwk> map = new HashMap<>();
    for (PublicJwk key : keys) {
      if (map.put(key.kid(), key) != null) {
        throw new IllegalArgumentException("two keys with the kid " + key.kid());
      }
    }
    this.byKid = Map.copyOf(map);
  }

  public static KeySet of(PublicJwk... keys) {
    return new KeySet(List.of(keys));
  }

  public Optional<PublicJwk> find(String kid) {
    return Optional.ofNullable(byKid.get(kid));
  }

  /** In the order given. */
  public List<PublicJwk> keys() {
    return keys;
  }
}

package dev.gatehouse.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The master keys that this process was given: one, or two while the key is being changed.
 *
 * @param known the first one is taken for a new database
 */
public record MasterKeys(List<MasterKey> known) {
  public MasterKeys {
    known = List.copyOf(known);
    if (known.isEmpty()) {
      throw new IllegalArgumentException("no master key");
    }
  }

  public static MasterKeys of(MasterKey... keys) {
    return new MasterKeys(List.of(keys));
  }

  Optional<MasterKey> byFingerprint(String fingerprint) {
    return known.stream().filter(key -> key.fingerprint().equals(fingerprint)).findFirst();
  }

  MasterKeys with(MasterKey key) {
    if (byFingerprint(key.fingerprint()).isPresent()) {
      return this;
    }
    List<MasterKey> more = new ArrayList<>(known);
    more.add(key);
    return new MasterKeys(more);
  }
}

package dev.gatehouse.crypto;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that seal one kind of text: the current one seals and opens, two older ones only open.
 *
 * @param older newest first
 */
public record KeyRing(SealKey current, List<SealKey> older) {
  private static final int MAX_OLDER = 2;

  /**
   * Checks number and ids.
   *
   * @throws IllegalArgumentException for more than two older keys or an id used twice
   */
  public KeyRing {
    older = List.copyOf(older);
    if (older.size() > MAX_OLDER) {
      throw new IllegalArgumentException("a key ring keeps two older keys");
    }
    if (Stream.concat(Stream.of(current), older.stream()).map(SealKey::id).distinct().count()
        != older.size() + 1L) {
      throw new IllegalArgumentException("two keys of one id");
    }
  }

  public static KeyRing of(SealKey only) {
    return new KeyRing(only, List.of());
  }

  /** This ring after a change of key: {@code next} seals, the oldest falls out. */
  public KeyRing rotate(SealKey next) {
    return new KeyRing(
        next, Stream.concat(Stream.of(current), older.stream()).limit(MAX_OLDER).toList());
  }

  Optional<SealKey> find(int id) {
    return Stream.concat(Stream.of(current), older.stream())
        .filter(key -> key.id() == id)
        .findFirst();
  }
}

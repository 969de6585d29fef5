package dev.gatehouse.access;

import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.util.Optional;

/** Port: finds the keys that requests are signed with. */
public interface AccessKeys {
  /** An active key and whom it stands for. */
  record AccessKey(Secret secret, Caller.Signed principal) {}

  /** The key if it is at hand without a look into the database; empty says nothing. */
  Optional<AccessKey> remembered(String accessKeyId);

  /**
   * The key as it is stored; one statement, whatever the answer. Empty for unknown and inactive
   * keys alike.
   */
  Optional<AccessKey> read(String accessKeyId);

  /** Knows one key, which is always at hand. */
  static AccessKeys only(String accessKeyId, AccessKey key) {
    return new AccessKeys() {
      @Override
      public Optional<AccessKey> remembered(String asked) {
        return read(asked);
      }

      @Override
      public Optional<AccessKey> read(String asked) {
        return asked.equals(accessKeyId) ? Optional.of(key) : Optional.empty();
      }
    };
  }
}

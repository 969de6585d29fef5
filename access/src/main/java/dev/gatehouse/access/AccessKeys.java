package dev.gatehouse.access;

import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.util.Optional;

/** Port: finds the keys that requests are signed with. */
@FunctionalInterface
public interface AccessKeys {
  /** An active key and whom it stands for. */
  record AccessKey(Secret secret, Caller.Signed principal) {}

  /** Empty for unknown and inactive keys alike. */
  Optional<AccessKey> find(String accessKeyId);
}

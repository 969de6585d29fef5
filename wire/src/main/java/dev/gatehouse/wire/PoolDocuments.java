package dev.gatehouse.wire;

import java.util.Optional;

/** Port: what a user pool publishes for those who verify its tokens. JSON; empty = no such pool. */
public interface PoolDocuments {
  Optional<String> jwks(String poolId);

  Optional<String> openidConfiguration(String poolId);
}

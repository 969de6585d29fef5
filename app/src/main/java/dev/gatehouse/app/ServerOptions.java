package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.userpool.pool.Issuers;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param port 0 = any free one
 * @param data null for an ephemeral server
 * @param publicUrl null = {@code http://localhost:{port}}
 * @param accountId null = what the database has, {@code 000000000000} when it is new
 */
public record ServerOptions(
    String host,
    int port,
    @Nullable Path data,
    @Nullable String publicUrl,
    Issuers.Form issuer,
    @Nullable String accountId,
    Optional<RootKey> rootKey) {
  /** A server for tests: any free port, nothing kept. */
  public static ServerOptions ephemeral() {
    return new ServerOptions("127.0.0.1", 0, null, null, Issuers.Form.OWN, null, Optional.empty());
  }
}

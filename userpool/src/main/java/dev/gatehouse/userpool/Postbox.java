package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Port to the sending of messages; the capability {@code delivery} stands behind it. */
public interface Postbox {
  /**
   * A message in its final words.
   *
   * @param subject null for SMS
   * @param code what the body holds in clear; for the development inbox
   * @param expires after this it is not sent any more
   */
  record Letter(
      Pool pool,
      Medium medium,
      String recipient,
      @Nullable String subject,
      String body,
      Secret code,
      String username,
      Instant expires) {}

  /**
   * Seals the message; before the write that it belongs to.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  Outgoing prepare(Letter letter);

  /**
   * Forgets some of a pool's messages, sent or not; inside a write.
   *
   * @return how many went
   */
  int forget(Handle handle, String poolId, int most);
}

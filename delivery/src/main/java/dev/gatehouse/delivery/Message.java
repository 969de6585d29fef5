package dev.gatehouse.delivery;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in its final words. Never printed.
 *
 * @param subject null for SMS
 * @param body HTML for an e-mail
 * @param code what the body holds in clear; for the inbox alone
 * @param expires after this it is not sent any more
 * @param from the pool's sender; null = the transport's own
 */
public record Message(
    String poolId,
    Medium medium,
    String recipient,
    @Nullable String subject,
    String body,
    Secret code,
    String username,
    Instant expires,
    @Nullable String from,
    @Nullable String replyTo) {
  /** Refuses what would break out of a header line. */
  public Message {
    for (String header : new @Nullable String[] {recipient, subject, from, replyTo}) {
      if (header != null && header.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a header may hold no line break");
      }
    }
  }

  @Override
  public String toString() {
    return "Message[" + poolId + ", " + medium + "]";
  }
}

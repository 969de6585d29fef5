package dev.gatehouse.delivery;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in its final words. Never printed.
 *
 * @param recipient an address or an E.164 number
 * @param subject null for SMS; a line break in it becomes a blank, since pools' templates may hold
 *     one and a header may not
 * @param body HTML for an e-mail
 * @param code what the body holds in clear; for the inbox alone
 * @param expires after this it is not sent any more
 * @param from the pool's sender, with or without a name; null = the transport's own
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
  public Message {
    if (subject != null) {
      subject = onOneLine(subject);
    }
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> Addresses.breaksLines(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString();
  }

  @Override
  public String toString() {
    return "Message[" + poolId + ", " + medium + "]";
  }
}

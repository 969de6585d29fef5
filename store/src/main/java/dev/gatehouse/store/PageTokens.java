package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Turns the key of a page's last row into a token and back. Tokens are sealed: they show no row's
 * key, and serve only the operation and pool they were made for.
 */
public final class PageTokens {
  private static final int LONGEST = 8192;

  private final Vault vault;
  private final Clock clock;
  private final Duration life;

  /**
   * @param life how long a token may be used
   */
  public PageTokens(Vault vault, Clock clock, Duration life) {
    this.vault = vault;
    this.clock = clock;
    this.life = life;
  }

  /**
   * A token of {@code [A-Za-z0-9_-]+}.
   *
   * @param operation the list's name, with whatever of the request must be the same for the next
   *     page
   * @param poolId {@link Vault#SERVER} for lists over pools
   * @param key where the next page begins
   */
  public String seal(String operation, String poolId, String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    byte[] plain =
        ByteBuffer.allocate(Long.BYTES + text.length)
            .putLong(clock.now().plus(life).toEpochMilli())
            .put(text)
            .array();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(vault.seal(place(operation, poolId), plain));
  }

  /** The key; empty when the token is not of this operation and pool, altered or expired. */
  public Optional<String> open(String operation, String poolId, String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    return vault.tryOpen(place(operation, poolId), sealed).flatMap(this::unexpired);
  }

  private Optional<String> unexpired(byte[] plain) {
    ByteBuffer buffer = ByteBuffer.wrap(plain);
    Instant until = Instant.ofEpochMilli(buffer.getLong());
    if (clock.now().isAfter(until)) {
      return Optional.empty();
    }
    return Optional.of(StandardCharsets.UTF_8.decode(buffer).toString());
  }

  private static Place place(String operation, String poolId) {
    return new Place("page_token", poolId, operation, "key");
  }
}

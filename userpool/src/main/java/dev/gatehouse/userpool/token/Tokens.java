package dev.gatehouse.userpool.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in or refresh hands out. Never printed.
 *
 * @param refreshToken null where the caller keeps the one it has
 * @param accessTokenLife {@code ExpiresIn}
 */
public record Tokens(
    String accessToken, String idToken, @Nullable String refreshToken, Duration accessTokenLife) {
  @Override
  public String toString() {
    return "[tokens]";
  }
}

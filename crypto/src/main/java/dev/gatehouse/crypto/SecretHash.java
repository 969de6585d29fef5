package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Secret;
import java.util.Base64;
import java.util.List;

/**
 * SECRET_HASH, the proof that the caller knows the app client's secret: Base64(HMAC-SHA256(client
 * secret, USERNAME + client id)). USERNAME is the text sent in the same request, as it was sent.
 */
public final class SecretHash {
  private SecretHash() {}

  public static String of(Secret clientSecret, String username, String clientId) {
    return Base64.getEncoder()
        .encodeToString(
            Hmac.sha256(clientSecret.bytes(), username.getBytes(UTF_8), clientId.getBytes(UTF_8)));
  }

  /**
   * Whether {@code presented} was made with one of the client's secrets. All of them are tried, so
   * the time does not tell which one it was.
   */
  public static boolean matches(
      List<Secret> clientSecrets, String username, String clientId, String presented) {
    byte[] bytes = presented.getBytes(UTF_8);
    boolean found = false;
    for (Secret secret : clientSecrets) {
      found |= ConstantTime.equal(of(secret, username, clientId).getBytes(UTF_8), bytes);
    }
    return found;
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.SecretHash;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an app client with a secret proves itself: SECRET_HASH over the username of the same request,
 * or the secret in clear.
 */
public final class ClientProof {
  private ClientProof() {}

  /**
   * Checks {@code SecretHash} / {@code SECRET_HASH} (auth.md §1). Any of the names given may have
   * been hashed: a refresh names no user, and its token's user has two.
   *
   * @param usernames what the client may have used as USERNAME
   * @throws dev.gatehouse.kernel.Refusal SECRET_HASH_MISSING, SECRET_HASH_WRONG
   */
  public static void checkHash(
      AppClient client, @Nullable String presented, List<String> usernames) {
    String given = presented == null ? "" : presented;
    if (client.secrets().isEmpty()) {
      if (!given.isEmpty()) {
        throw Why.SECRET_HASH_WRONG.refusal(client.id());
      }
      return;
    }
    if (given.isEmpty()) {
      throw Why.SECRET_HASH_MISSING.refusal(client.id());
    }
    List<Secret> secrets = secrets(client);
    boolean right = false;
    for (String username : usernames) {
      right |= SecretHash.matches(secrets, username, client.id(), given);
    }
    if (!right) {
      throw Why.SECRET_HASH_WRONG.refusal(client.id());
    }
  }

  /**
   * Checks {@code ClientSecret} in clear, as RevokeToken and GetTokensFromRefreshToken send it.
   *
   * @throws dev.gatehouse.kernel.Refusal CLIENT_SECRET_WRONG
   */
  public static void checkSecret(AppClient client, @Nullable String presented) {
    if (client.secrets().isEmpty()) {
      if (presented != null) {
        throw Why.CLIENT_SECRET_WRONG.refusal(client.id());
      }
      return;
    }
    Secret given = Secret.of(presented == null ? "" : presented);
    boolean right = false;
    for (Secret secret : secrets(client)) {
      right |= secret.matches(given);
    }
    if (!right) {
      throw Why.CLIENT_SECRET_WRONG.refusal(client.id());
    }
  }

  private static List<Secret> secrets(AppClient client) {
    return client.secrets().stream().map(AppClient.ClientSecret::value).toList();
  }
}

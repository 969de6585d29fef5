package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;

/**
 * A client as Create, Describe and Update show it: the stored settings, what the row knows, and the
 * older secret in clear.
 */
public final class ClientDescription {
  private ClientDescription() {}

  public static UserPoolClientType of(AppClient client) {
    return client.settings().toBuilder()
        .userPoolId(client.poolId())
        .clientId(client.id())
        .clientSecret(
            client.secrets().stream()
                .min(java.util.Comparator.comparing(AppClient.ClientSecret::created))
                .map(AppClient.ClientSecret::value)
                .map(Secret::text)
                .orElse(null))
        .creationDate(client.created())
        .lastModifiedDate(client.modified())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AddUserPoolClientSecretRequest;
import dev.gatehouse.model.cognitoidp.AddUserPoolClientSecretResponse;
import dev.gatehouse.model.cognitoidp.ClientSecretDescriptorType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.ClientStore.SecretRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.Optional;

/** Gives a confidential client a second secret; either is accepted from now. */
public final class AddUserPoolClientSecret
    implements Operation<AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse> {
  private final Pools pools;
  private final Database database;
  private final Vault vault;
  private final Clock clock;
  private final Ids ids;

  public AddUserPoolClientSecret(
      Pools pools, Database database, Vault vault, Clock clock, Ids ids) {
    this.pools = pools;
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public AddUserPoolClientSecretResponse handle(
      AddUserPoolClientSecretRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    Secret secret =
        Optional.ofNullable(request.clientSecret()).map(Secret::of).orElseGet(ids::clientSecret);
    SecretRow added =
        StartOver.untilDone(
            Why.CONCURRENT_CHANGE.refusal(),
            () -> add(pools.requireStoredClient(pool, request.clientId()), secret));
    return AddUserPoolClientSecretResponse.builder()
        .clientSecretDescriptor(
            ClientSecretDescriptorType.builder()
                .clientSecretId(added.secretId())
                .clientSecretValue(request.clientSecret() == null ? secret.text() : null)
                .clientSecretCreateDate(added.created())
                .build())
        .build();
  }

  private Optional<SecretRow> add(AppClient client, Secret secret) {
    if (client.secrets().isEmpty()) {
      throw Why.INVALID_SETTING.refusal("A client without a secret cannot be given one.");
    }
    if (client.secrets().size() > 1) {
      throw Why.SECRETS_LIMIT.refusal();
    }
    AppClient.ClientSecret first = client.secrets().getFirst();
    Instant now = clock.now();
    String id = secretId(client, now.getEpochSecond());
    if (first.id().equals(id)) {
      id = secretId(client, now.getEpochSecond() + 1);
    }
    SecretRow row =
        new SecretRow(
            id,
            1 - first.slot(),
            now,
            vault.seal(Pools.secretPlace(client.poolId(), client.id(), id), secret));
    boolean done =
        database.write(handle -> {
          Pools.clientChanged(handle, client.id());
          return ClientStore.touch(handle, client)
              && ClientStore.addSecret(handle, client.poolId(), client.id(), row);
        });
    return done ? Optional.of(row) : Optional.empty();
  }

  private static String secretId(AppClient client, long second) {
    return client.id() + "--" + second;
  }
}

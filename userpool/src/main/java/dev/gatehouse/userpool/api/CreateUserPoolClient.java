package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientResponse;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.ClientDescription;
import dev.gatehouse.userpool.pool.ClientDocument;
import dev.gatehouse.userpool.pool.ClientSettings;
import dev.gatehouse.userpool.pool.ClientSettings.Secrecy;
import dev.gatehouse.userpool.pool.ClientStore;
import dev.gatehouse.userpool.pool.ClientStore.ClientRow;
import dev.gatehouse.userpool.pool.ClientStore.SecretRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates an app client, with a generated secret, one of its own, or none. */
public final class CreateUserPoolClient
    implements Operation<CreateUserPoolClientRequest, CreateUserPoolClientResponse> {
  private static final int MOST = 1000;

  private final Pools pools;
  private final Database database;
  private final Vault vault;
  private final Clock clock;
  private final Ids ids;

  public CreateUserPoolClient(Pools pools, Database database, Vault vault, Clock clock, Ids ids) {
    this.pools = pools;
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public CreateUserPoolClientResponse handle(
      CreateUserPoolClientRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    boolean generate = Boolean.TRUE.equals(request.generateSecret());
    if (generate && request.clientSecret() != null) {
      throw Why.INVALID_SETTING.refusal("GenerateSecret and ClientSecret exclude each other.");
    }
    Optional<Secret> secret =
        generate
            ? Optional.of(ids.clientSecret())
            : Optional.ofNullable(request.clientSecret()).map(Secret::of);
    UserPoolClientType settings = ClientSettings.ofNew(request);
    ClientSettings.check(
        pool, settings, secret.isPresent() ? Secrecy.CONFIDENTIAL : Secrecy.PUBLIC);
    Instant now = clock.now();
    String clientId = ids.clientId();
    ClientRow row = ClientRow.of(pool.id(), clientId, now, now, 0, new ClientDocument(1, settings));
    String secretId = clientId + "--" + now.getEpochSecond();
    Optional<SecretRow> secretRow =
        secret.map(value ->
            new SecretRow(
                secretId,
                0,
                now,
                vault.seal(Pools.secretPlace(pool.id(), clientId, secretId), value)));
    database.write(handle -> {
      if (ClientStore.count(handle, pool.id()) >= MOST) {
        throw Why.LIMIT_OF.refusal("Exceeded the limit of " + MOST + " clients in a user pool.");
      }
      if (!ClientStore.insert(handle, row)) {
        throw new IllegalStateException("client id drawn twice");
      }
      secretRow.ifPresent(sealed -> ClientStore.addSecret(handle, pool.id(), clientId, sealed));
      Pools.clientChanged(handle, clientId);
      return row;
    });
    AppClient client =
        new AppClient(
            pool.id(),
            clientId,
            now,
            now,
            0,
            row.document(),
            secret
                .map(value -> List.of(new AppClient.ClientSecret(secretId, 0, now, value)))
                .orElse(List.of()));
    return CreateUserPoolClientResponse.builder()
        .userPoolClient(ClientDescription.of(client))
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ClientSecretDescriptorType;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientSecretsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientSecretsResponse;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pools;

/** A client's secrets by id; never their values. */
public final class ListUserPoolClientSecrets
    implements Operation<ListUserPoolClientSecretsRequest, ListUserPoolClientSecretsResponse> {
  private final Pools pools;

  public ListUserPoolClientSecrets(Pools pools) {
    this.pools = pools;
  }

  @Override
  public ListUserPoolClientSecretsResponse handle(
      ListUserPoolClientSecretsRequest request, RequestContext context) {
    if (request.nextToken() != null) {
      // two secrets are one page: no token was ever given
      throw Why.PAGE_TOKEN_INVALID.refusal();
    }
    return ListUserPoolClientSecretsResponse.builder()
        .clientSecrets(
            pools
                .requireClient(pools.require(request.userPoolId(), context), request.clientId())
                .secrets()
                .stream()
                .map(secret ->
                    ClientSecretDescriptorType.builder()
                        .clientSecretId(secret.id())
                        .clientSecretCreateDate(secret.created())
                        .build())
                .toList())
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.jose.PresentedToken;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.RevokeTokenRequest;
import dev.gatehouse.model.cognitoidp.RevokeTokenResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.RefreshTokens;
import java.util.Optional;

/**
 * Ends one sign-in: its refresh token and, for the API, its access tokens (tokens.md §5).
 * Idempotent.
 */
public final class RevokeToken implements Operation<RevokeTokenRequest, RevokeTokenResponse> {
  private final Pools pools;
  private final Database database;
  private final RefreshTokens refreshTokens;

  public RevokeToken(Pools pools, Database database, RefreshTokens refreshTokens) {
    this.pools = pools;
    this.database = database;
    this.refreshTokens = refreshTokens;
  }

  @Override
  public RevokeTokenResponse handle(RevokeTokenRequest request, RequestContext context) {
    // the operation declares no ResourceNotFoundException; an unknown client is an unauthorised one
    AppClient client =
        pools
            .findClient(request.clientId())
            .orElseThrow(() -> Why.CLIENT_SECRET_WRONG.refusal(request.clientId()));
    ClientProof.checkSecret(client, request.clientSecret());
    if (!client.revocation()) {
      throw Why.REVOCATION_OFF.refusal();
    }
    if (PresentedToken.parse(request.token()).isPresent()) {
      throw Why.TOKEN_TYPE_UNSUPPORTED.refusal();
    }
    Optional<RefreshTokens.Presented> token =
        refreshTokens.read(client.poolId(), client.id(), request.token());
    token.ifPresent(presented ->
        database.write(handle -> {
          FamilyStore.revoke(handle, client.poolId(), presented.originJti());
          return presented;
        }));
    return RevokeTokenResponse.builder().build();
  }
}

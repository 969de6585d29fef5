package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenResponse;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.auth.RefreshFlow;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.Origin;

/**
 * New tokens for a refresh token, whatever flows the client lists; with rotation a new refresh
 * token too (auth.md §10).
 */
public final class GetTokensFromRefreshToken
    implements Operation<GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse> {
  private final Pools pools;
  private final RefreshFlow refresh;

  public GetTokensFromRefreshToken(Pools pools, RefreshFlow refresh) {
    this.pools = pools;
    this.refresh = refresh;
  }

  @Override
  public GetTokensFromRefreshTokenResponse handle(
      GetTokensFromRefreshTokenRequest request, RequestContext context) {
    AppClient client = pools.requireClient(request.clientId());
    ClientProof.checkSecret(client, request.clientSecret());
    return GetTokensFromRefreshTokenResponse.builder()
        .authenticationResult(
            Answers.tokens(
                refresh.refresh(
                    pools.poolOf(client),
                    client,
                    request.refreshToken(),
                    request.deviceKey() == null ? "" : request.deviceKey(),
                    new Origin(context.clientAddress(), context.userAgent()),
                    ClientMetadata.of(request.clientMetadata()))))
        .build();
  }
}

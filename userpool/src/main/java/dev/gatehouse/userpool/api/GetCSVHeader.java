package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetCSVHeaderRequest;
import dev.gatehouse.model.cognitoidp.GetCSVHeaderResponse;
import dev.gatehouse.userpool.imports.ImportJobs;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** The columns of a pool's import files. */
public final class GetCSVHeader implements Operation<GetCSVHeaderRequest, GetCSVHeaderResponse> {
  private final Pools pools;

  public GetCSVHeader(Pools pools) {
    this.pools = pools;
  }

  @Override
  public GetCSVHeaderResponse handle(GetCSVHeaderRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return GetCSVHeaderResponse.builder()
        .userPoolId(pool.id())
        .csvHeader(ImportJobs.header(pool))
        .build();
  }
}

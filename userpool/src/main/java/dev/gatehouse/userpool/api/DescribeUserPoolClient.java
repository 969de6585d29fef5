package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolClientResponse;
import dev.gatehouse.userpool.pool.ClientDescription;
import dev.gatehouse.userpool.pool.Pools;

/** A client's settings with its secret in clear. */
public final class DescribeUserPoolClient
    implements Operation<DescribeUserPoolClientRequest, DescribeUserPoolClientResponse> {
  private final Pools pools;

  public DescribeUserPoolClient(Pools pools) {
    this.pools = pools;
  }

  @Override
  public DescribeUserPoolClientResponse handle(
      DescribeUserPoolClientRequest request, RequestContext context) {
    return DescribeUserPoolClientResponse.builder()
        .userPoolClient(
            ClientDescription.of(
                pools.requireClient(
                    pools.require(request.userPoolId(), context), request.clientId())))
        .build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListTagsForResourceRequest;
import dev.gatehouse.model.cognitoidp.ListTagsForResourceResponse;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pools;

/** A pool's tags. */
public final class ListTagsForResource
    implements Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> {
  private final Pools pools;
  private final Vault vault;

  public ListTagsForResource(Pools pools, Vault vault) {
    this.pools = pools;
    this.vault = vault;
  }

  @Override
  public ListTagsForResourceResponse handle(
      ListTagsForResourceRequest request, RequestContext context) {
    String poolId = TaggedPools.poolId(request.resourceArn(), context, vault);
    return ListTagsForResourceResponse.builder()
        .tags(
            TagResource.tags(
                pools
                    .find(poolId)
                    .orElseThrow(() -> Why.TAG_RESOURCE_UNKNOWN.refusal(request.resourceArn()))))
        .build();
  }
}

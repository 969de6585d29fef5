package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.UntagResourceRequest;
import dev.gatehouse.model.cognitoidp.UntagResourceResponse;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Pools;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes tags of a pool away; unknown keys are ignored. */
public final class UntagResource implements Operation<UntagResourceRequest, UntagResourceResponse> {
  private final Pools pools;
  private final PoolWriting writing;
  private final Vault vault;

  public UntagResource(Pools pools, PoolWriting writing, Vault vault) {
    this.pools = pools;
    this.writing = writing;
    this.vault = vault;
  }

  @Override
  public UntagResourceResponse handle(UntagResourceRequest request, RequestContext context) {
    String poolId = TaggedPools.poolId(request.resourceArn(), context, vault);
    if (pools.find(poolId).isEmpty()) {
      throw Why.TAG_RESOURCE_UNKNOWN.refusal(request.resourceArn());
    }
    writing.change(
        poolId,
        context,
        pool -> {
          Map<String, String> tags = new LinkedHashMap<>(TagResource.tags(pool));
          tags.keySet().removeAll(request.tagKeys());
          return pool.document()
              .withSettings(pool.settings().toBuilder().userPoolTags(tags).build());
        });
    return UntagResourceResponse.builder().build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.TagResourceRequest;
import dev.gatehouse.model.cognitoidp.TagResourceResponse;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Pools;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets tags of a pool; a key that is there is overwritten. */
public final class TagResource implements Operation<TagResourceRequest, TagResourceResponse> {
  private final Pools pools;
  private final PoolWriting writing;
  private final PoolChecks checks;
  private final Vault vault;

  public TagResource(Pools pools, PoolWriting writing, PoolChecks checks, Vault vault) {
    this.pools = pools;
    this.writing = writing;
    this.checks = checks;
    this.vault = vault;
  }

  @Override
  public TagResourceResponse handle(TagResourceRequest request, RequestContext context) {
    String poolId = TaggedPools.poolId(request.resourceArn(), context, vault);
    if (pools.find(poolId).isEmpty()) {
      throw Why.TAG_RESOURCE_UNKNOWN.refusal(request.resourceArn());
    }
    writing.change(
        poolId,
        context,
        pool -> {
          Map<String, String> tags = new LinkedHashMap<>(tags(pool));
          tags.putAll(request.tags());
          PoolDocument next =
              pool.document().withSettings(pool.settings().toBuilder().userPoolTags(tags).build());
          checks.check(next);
          return next;
        });
    return TagResourceResponse.builder().build();
  }

  static Map<String, String> tags(Pool pool) {
    Map<String, String> tags = pool.settings().userPoolTags();
    return tags == null ? Map.of() : tags;
  }
}

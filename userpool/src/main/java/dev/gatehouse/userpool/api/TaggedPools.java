package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Arn;
import dev.gatehouse.kernel.Region;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;

/** Finds the pool that a tag operation names by its ARN (userpool.md §17). */
final class TaggedPools {
  private static final String RESOURCE = "userpool/";

  private TaggedPools() {}

  /**
   * The pool's id.
   *
   * @throws dev.gatehouse.kernel.Refusal TAG_RESOURCE_INVALID for a malformed ARN and for one of
   *     another region, account or service
   */
  static String poolId(String resourceArn, RequestContext context, Vault vault) {
    Arn arn = Arn.parse(resourceArn).orElseThrow(() -> Why.TAG_RESOURCE_INVALID.refusal());
    String poolId =
        arn.resource().startsWith(RESOURCE) ? arn.resource().substring(RESOURCE.length()) : "";
    boolean ours =
        arn.service().equals("cognito-idp")
            && arn.region().equals(context.region())
            && arn.account().equals(vault.server().accountId())
            && Region.ofPool(poolId).equals(arn.region());
    if (!ours) {
      throw Why.TAG_RESOURCE_INVALID.refusal();
    }
    return poolId;
  }
}

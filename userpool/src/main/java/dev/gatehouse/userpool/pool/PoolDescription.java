package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Arn;
import dev.gatehouse.model.cognitoidp.UserPoolType;

/**
 * A pool as CreateUserPool and DescribeUserPool show it: the stored settings, and what the row
 * knows.
 */
public final class PoolDescription {
  private PoolDescription() {}

  public static UserPoolType of(Pool pool, String account, long users) {
    return pool.settings().toBuilder()
        .id(pool.id())
        .arn(Arn.ofUserPool(account, pool.id()).toString())
        .creationDate(pool.created())
        .lastModifiedDate(pool.modified())
        .acrConfiguration(pool.levels().described())
        .estimatedNumberOfUsers((int) Math.min(users, Integer.MAX_VALUE))
        .build();
  }
}

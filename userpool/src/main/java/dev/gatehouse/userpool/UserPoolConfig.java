package dev.gatehouse.userpool;

import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;

/**
 * The capability's switches.
 *
 * @param lockOut after wrong passwords
 * @param tierGates whether features are held to a pool's tier
 * @param refreshReuse what becomes of a family when an old refresh token of it is shown
 * @param sessionClaim in which tokens name a tracked session
 */
public record UserPoolConfig(
    LockOut lockOut, TierGates tierGates, ReusePolicy refreshReuse, SessionClaim sessionClaim) {
  public static UserPoolConfig defaults() {
    return new UserPoolConfig(
        LockOut.COGNITO, TierGates.ENFORCED, ReusePolicy.REVOKE, SessionClaim.SID);
  }
}

package dev.gatehouse.access.sts;

import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.sts.GetCallerIdentityRequest;
import dev.gatehouse.model.sts.GetCallerIdentityResponse;

/** Tells a caller who it is (sts-iam.md §1); the first call of most deployment tools. */
public final class GetCallerIdentity
    implements Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> {
  private final String accountId;

  /**
   * @param accountId the account that all keys of this server belong to
   */
  public GetCallerIdentity(String accountId) {
    this.accountId = accountId;
  }

  /**
   * @throws IllegalStateException for an unsigned call: the edge lets none through
   */
  @Override
  public GetCallerIdentityResponse handle(
      GetCallerIdentityRequest request, RequestContext context) {
    return switch (context.caller()) {
      case Caller.Signed signed ->
          GetCallerIdentityResponse.builder()
              .userId(signed.userId())
              .account(accountId)
              .arn(signed.arn())
              .build();
      case Caller.Unsigned unsigned -> throw new IllegalStateException("not signed");
    };
  }
}

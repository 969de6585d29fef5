package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolResponse;
import dev.gatehouse.userpool.imports.ActiveImport;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolSettings;
import dev.gatehouse.userpool.pool.PoolWriting;

/** Changes a pool; what is left out goes back to its default (userpool.md §2). */
public final class UpdateUserPool
    implements Operation<UpdateUserPoolRequest, UpdateUserPoolResponse> {
  private final PoolWriting writing;
  private final PoolChecks checks;

  public UpdateUserPool(PoolWriting writing, PoolChecks checks) {
    this.writing = writing;
    this.checks = checks;
  }

  @Override
  public UpdateUserPoolResponse handle(UpdateUserPoolRequest request, RequestContext context) {
    writing.change(
        request.userPoolId(),
        context,
        pool -> {
          PoolDocument next = pool.document().withSettings(PoolSettings.updated(pool, request));
          checks.check(next);
          return next;
        },
        handle -> ActiveImport.refuseWhileRunning(handle, request.userPoolId()));
    return UpdateUserPoolResponse.builder().build();
  }
}

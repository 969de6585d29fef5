package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AddCustomAttributesRequest;
import dev.gatehouse.model.cognitoidp.AddCustomAttributesResponse;
import dev.gatehouse.userpool.imports.ActiveImport;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Schemas;
import java.util.List;

/** Adds custom attributes to a pool's schema; they cannot be removed again. */
public final class AddCustomAttributes
    implements Operation<AddCustomAttributesRequest, AddCustomAttributesResponse> {
  private final PoolWriting writing;

  public AddCustomAttributes(PoolWriting writing) {
    this.writing = writing;
  }

  @Override
  public AddCustomAttributesResponse handle(
      AddCustomAttributesRequest request, RequestContext context) {
    writing.change(
        request.userPoolId(),
        context,
        pool ->
            pool.document()
                .withSettings(
                    pool.settings().toBuilder()
                        .schemaAttributes(
                            Schemas.withCustom(
                                pool.settings().schemaAttributes() == null
                                    ? List.of()
                                    : pool.settings().schemaAttributes(),
                                request.customAttributes()))
                        .build()),
        handle -> ActiveImport.refuseWhileRunning(handle, request.userPoolId()));
    return AddCustomAttributesResponse.builder().build();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolResponse;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolCreation;
import dev.gatehouse.userpool.pool.PoolDescription;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolSettings;
import java.util.regex.Pattern;

/** Creates a pool in the region that the call was signed for. */
public final class CreateUserPool
    implements Operation<CreateUserPoolRequest, CreateUserPoolResponse> {
  /** Pool ids are taken apart at their region, by aws-jwt-verify too (tokens.md §1). */
  private static final Pattern REGION = Pattern.compile("[a-z]{2}-(gov-)?[a-z]+-[0-9]");

  private final PoolCreation creation;
  private final PoolChecks checks;
  private final Vault vault;
  private final Ids ids;

  public CreateUserPool(PoolCreation creation, PoolChecks checks, Vault vault, Ids ids) {
    this.creation = creation;
    this.checks = checks;
    this.vault = vault;
    this.ids = ids;
  }

  @Override
  public CreateUserPoolResponse handle(CreateUserPoolRequest request, RequestContext context) {
    if (!REGION.matcher(context.region()).matches()) {
      throw Why.INVALID_SETTING.refusal(
          "A user pool's region must have the form of an AWS region name.");
    }
    PoolDocument document = PoolDocument.ofNew(PoolSettings.ofNew(request, context.region()));
    checks.check(document);
    Pool pool =
        creation
            .pool(ids.poolId(context.region()), document)
            .orElseThrow(() -> new IllegalStateException("a pool id was drawn twice"));
    AuditNote.pool(pool.id());
    return CreateUserPoolResponse.builder()
        .userPool(PoolDescription.of(pool, vault.server().accountId(), 0))
        .build();
  }
}

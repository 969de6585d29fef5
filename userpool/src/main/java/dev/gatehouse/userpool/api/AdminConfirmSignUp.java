package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.AdminConfirmSignUpResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/**
 * An administrator confirms a sign-up without its code; no attribute becomes verified (users.md
 * §3).
 */
public final class AdminConfirmSignUp
    implements Operation<AdminConfirmSignUpRequest, AdminConfirmSignUpResponse> {
  private final Pools pools;
  private final UserChange users;
  private final Triggers triggers;
  private final Clock clock;

  public AdminConfirmSignUp(Pools pools, Database database, Triggers triggers, Clock clock) {
    this.pools = pools;
    this.users = new UserChange(database);
    this.triggers = triggers;
    this.clock = clock;
  }

  @Override
  public AdminConfirmSignUpResponse handle(
      AdminConfirmSignUpRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminConfirmSignUp");
    User confirmed =
        users.write(
            pool,
            request.username(),
            user -> {
              if (user.status() != UserStatus.UNCONFIRMED) {
                throw Why.NOT_CONFIRMABLE.refusal(user.status().name());
              }
              return user.withStatus(UserStatus.CONFIRMED, clock.now());
            },
            (handle, user) -> CodeStore.cancel(handle, pool.id(), user.sub(), Purpose.SIGN_UP));
    // a failure there does not undo the confirmation
    triggers.postConfirmation(
        Triggers.Event.about(pool, null, confirmed, ClientMetadata.of(request.clientMetadata())),
        "PostConfirmation_ConfirmSignUp");
    return AdminConfirmSignUpResponse.builder().build();
  }
}

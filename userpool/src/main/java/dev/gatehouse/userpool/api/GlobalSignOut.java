package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GlobalSignOutRequest;
import dev.gatehouse.model.cognitoidp.GlobalSignOutResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.FamilyStore;
import java.util.Optional;

/** The bearer ends all of its sign-ins (tokens.md §5). */
public final class GlobalSignOut implements Operation<GlobalSignOutRequest, GlobalSignOutResponse> {
  private final AccessTokens accessTokens;
  private final Database database;
  private final Clock clock;

  public GlobalSignOut(AccessTokens accessTokens, Database database, Clock clock) {
    this.accessTokens = accessTokens;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public GlobalSignOutResponse handle(GlobalSignOutRequest request, RequestContext context) {
    StartOver.untilDone(
        Why.ACCESS_TOKEN_REVOKED.refusal(),
        () -> {
          User user = accessTokens.require(request.accessToken()).user();
          UserRow row = UserRow.of(user.withSignedOut(clock.now()));
          boolean done =
              database.write(handle -> {
                if (!UserStore.update(handle, row)) {
                  return false;
                }
                FamilyStore.revokeAll(handle, user.poolId(), user.sub());
                return true;
              });
          return done ? Optional.of(user) : Optional.empty();
        });
    return GlobalSignOutResponse.builder().build();
  }
}

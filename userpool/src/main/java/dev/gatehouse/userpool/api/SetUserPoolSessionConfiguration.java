package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SetUserPoolSessionConfigurationRequest;
import dev.gatehouse.model.cognitoidp.SetUserPoolSessionConfigurationResponse;
import dev.gatehouse.model.cognitoidp.UserSessionTrackingType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.SessionTracking;
import dev.gatehouse.userpool.token.TokenSessions;
import java.util.Optional;

/**
 * Turns session tracking on or off, and says how many sessions a user may have (new-2026.md §1.3).
 * Turned off, what was kept is forgotten.
 */
public final class SetUserPoolSessionConfiguration
    implements Operation<
        SetUserPoolSessionConfigurationRequest, SetUserPoolSessionConfigurationResponse> {
  private static final int CHUNK = 500;

  private final PoolWriting writing;
  private final PoolChecks checks;
  private final Database database;
  private final Clock clock;

  public SetUserPoolSessionConfiguration(
      PoolWriting writing, PoolChecks checks, Database database, Clock clock) {
    this.writing = writing;
    this.checks = checks;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public SetUserPoolSessionConfigurationResponse handle(
      SetUserPoolSessionConfigurationRequest request, RequestContext context) {
    Pool changed =
        writing.change(
            request.userPoolId(),
            context,
            pool -> {
              checks.checkSessions(pool);
              return pool.document().withSessions(next(pool.tracking(), request));
            });
    if (changed.tracking().since() == null) {
      forget(changed);
    }
    return SetUserPoolSessionConfigurationResponse.builder()
        .userPoolId(changed.id())
        .userSessionTracking(GetUserPoolSessionConfiguration.tracking(changed.tracking()))
        .tokenSession(GetUserPoolSessionConfiguration.tokenSession(changed.tracking()))
        .build();
  }

  private SessionTracking next(
      SessionTracking before, SetUserPoolSessionConfigurationRequest request) {
    int most = request.tokenSession().maxPerUser();
    if (UserSessionTrackingType.DISABLED.equals(request.userSessionTracking())) {
      return new SessionTracking(null, most);
    }
    return before.since() == null
        ? new SessionTracking(clock.now().toEpochMilli(), most)
        : new SessionTracking(before.since(), most);
  }

  /**
   * Should it be interrupted, what is left counts for nothing, also after tracking was turned on
   * again: it is from before.
   */
  private void forget(Pool pool) {
    Optional<String> last = Optional.of("");
    while (last.isPresent()) {
      String after = last.get();
      last = database.write(handle -> TokenSessions.forgetSome(handle, pool.id(), after, CHUNK));
    }
  }
}

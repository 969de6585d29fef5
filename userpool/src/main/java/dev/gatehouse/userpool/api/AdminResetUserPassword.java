package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminResetUserPasswordResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Messages.Occasion;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Codes.NewCode;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Recovery;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Optional;

/**
 * An administrator takes a user's password out of force and sends a code for a new one (users.md
 * §5). The same rules as ForgotPassword say where it goes; attempts are not counted.
 */
public final class AdminResetUserPassword
    implements Operation<AdminResetUserPasswordRequest, AdminResetUserPasswordResponse> {
  private final Pools pools;
  private final Database database;
  private final Codes codes;
  private final Messages messages;
  private final Clock clock;

  public AdminResetUserPassword(
      Pools pools, Database database, Codes codes, Messages messages, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.codes = codes;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public AdminResetUserPasswordResponse handle(
      AdminResetUserPasswordRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminResetUserPassword");
    Outgoing sent =
        StartOver.untilDone(Why.CONCURRENT_CHANGE.refusal(), () -> attempt(pool, request));
    sent.committed();
    return AdminResetUserPasswordResponse.builder().build();
  }

  /** Empty when the user changed between reading and writing. */
  private Optional<Outgoing> attempt(Pool pool, AdminResetUserPasswordRequest request) {
    // 1. whether the password may be reset, and where the code goes
    User before = database.read(handle -> Users.require(handle, pool, request.username()));
    if (!before.enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    Recovery.checkState(before);
    String attribute =
        Recovery.channel(pool, before).orElseThrow(() -> Why.NO_VERIFIED_CHANNEL.refusal());
    String address = before.attributes().getOrDefault(attribute, "");
    // 2. code and message
    NewCode code = codes.draw(pool.id(), before.sub(), Purpose.RESET_PASSWORD, attribute, address);
    Outgoing message =
        messages.verification(
            pool,
            before,
            code,
            new Cause(Occasion.FORGOT_PASSWORD, null, ClientMetadata.of(request.clientMetadata())));
    // 3. one write
    UserRow after = UserRow.of(before.withStatus(UserStatus.RESET_REQUIRED, clock.now()));
    boolean done =
        database.write(handle -> {
          if (!Directory.update(handle, pool, before, after)) {
            return false;
          }
          CodeStore.put(handle, pool.id(), before.sub(), code.row());
          message.insert(handle);
          return true;
        });
    return done ? Optional.of(message) : Optional.empty();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.Optional;

/**
 * An administrator sets a user's password, permanent or temporary (users.md §4). No message, no
 * attribute verified, no session ended; the lock-out after wrong passwords is over.
 */
public final class AdminSetUserPassword
    implements Operation<AdminSetUserPasswordRequest, AdminSetUserPasswordResponse> {
  private final Pools pools;
  private final Database database;
  private final Passwords passwords;
  private final Clock clock;
  private final Ids ids;

  public AdminSetUserPassword(
      Pools pools, Database database, Passwords passwords, Clock clock, Ids ids) {
    this.pools = pools;
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public AdminSetUserPasswordResponse handle(
      AdminSetUserPasswordRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminSetUserPassword");
    UserStatus status =
        Boolean.TRUE.equals(request.permanent())
            ? UserStatus.CONFIRMED
            : UserStatus.FORCE_CHANGE_PASSWORD;
    Secret password = Secret.of(request.password());
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(), () -> attempt(pool, request.username(), password, status));
    return AdminSetUserPasswordResponse.builder().build();
  }

  /** Empty when the user changed between reading and writing. */
  private Optional<User> attempt(Pool pool, String username, Secret password, UserStatus status) {
    // 1. the user, the policy, and for a permanent password the history (userpool.md §5)
    Account account = database.read(handle -> Users.requireAccount(handle, pool, username));
    User before = account.user();
    Credential replaced = account.credential();
    boolean temporary = status == UserStatus.FORCE_CHANGE_PASSWORD;
    if (temporary && before.status() == UserStatus.EXTERNAL_PROVIDER) {
      throw Why.TEMPORARY_FOR_FEDERATED.refusal();
    }
    passwords.checkPolicy(pool, password);
    if (!temporary) {
      passwords.checkHistory(pool, before.sub(), replaced, password);
    }
    // 2. everything secret is made before the write
    Credential credential = passwords.make(pool, before.sub(), before.username(), password);
    UserRow after = UserRow.of(before.withStatus(status, clock.now()));
    String entry = ids.uuid();
    // 3. one write; codes that would confirm the user or replace this password are void
    boolean done =
        database.write(handle -> {
          if (!Directory.update(handle, pool, before, after)) {
            return false;
          }
          UserStore.setCredential(handle, pool.id(), before.sub(), credential);
          if (replaced != null) {
            UserStore.remember(handle, pool.id(), before.sub(), replaced, entry);
          }
          AttemptStore.clear(handle, pool.id(), before.sub(), Guess.PASSWORD);
          CodeStore.cancel(handle, pool.id(), before.sub(), Purpose.SIGN_UP);
          CodeStore.cancel(handle, pool.id(), before.sub(), Purpose.RESET_PASSWORD);
          return true;
        });
    return done ? Optional.of(after.user()) : Optional.empty();
  }
}

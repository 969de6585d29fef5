package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.ConfirmForgotPasswordResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Codes.Verdict;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets the password anew with the code that ForgotPassword sent (users.md §5). A broken policy
 * leaves the code usable.
 */
public final class ConfirmForgotPassword
    implements Operation<ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse> {
  private final Pools pools;
  private final Database database;
  private final Users users;
  private final Codes codes;
  private final Passwords passwords;
  private final Triggers triggers;
  private final AuthEvents events;
  private final Clock clock;
  private final Ids ids;

  public ConfirmForgotPassword(
      Pools pools,
      Database database,
      Users users,
      Codes codes,
      Passwords passwords,
      Triggers triggers,
      AuthEvents events,
      Clock clock,
      Ids ids) {
    this.pools = pools;
    this.database = database;
    this.users = users;
    this.codes = codes;
    this.passwords = passwords;
    this.triggers = triggers;
    this.events = events;
    this.clock = clock;
    this.ids = ids;
  }

  private record Loaded(Subject subject, @Nullable OpenCode code) {}

  @Override
  public ConfirmForgotPasswordResponse handle(
      ConfirmForgotPasswordRequest request, RequestContext context) {
    // 1. client, its proof, and the policy, which needs no user
    AppClient client = pools.requireClient(request.clientId());
    Pool pool = pools.poolOf(client);
    UnsupportedSettings.check(pool, "ConfirmForgotPassword");
    ClientProof.checkHash(client, request.secretHash(), List.of(request.username()));
    Secret password = Secret.of(request.password());
    passwords.checkPolicy(pool, password);
    User changed =
        StartOver.untilDone(
            Why.CODE_EXPIRED.refusal(),
            () ->
                attempt(
                    pool,
                    client,
                    request,
                    password,
                    Origins.of(client, request.userContextData(), context)));
    triggers.postConfirmation(
        Triggers.Event.about(pool, client, changed, ClientMetadata.of(request.clientMetadata())),
        "PostConfirmation_ConfirmForgotPassword");
    return ConfirmForgotPasswordResponse.builder().build();
  }

  private Optional<User> attempt(
      Pool pool,
      AppClient client,
      ConfirmForgotPasswordRequest request,
      Secret password,
      Origin origin) {
    // 2. the attempt is counted before its outcome is known
    Loaded loaded =
        database.read(handle -> {
          Subject subject = users.subject(handle, pool, request.username());
          return new Loaded(
              subject,
              CodeStore.find(handle, pool.id(), subject.sub(), Purpose.RESET_PASSWORD)
                  .orElse(null));
        });
    if (loaded.subject() instanceof Subject.Unknown && !client.hidesUsers()) {
      throw Why.USER_UNKNOWN_TO_CLIENT.refusal();
    }
    String sub = loaded.subject().sub();
    Instant now = clock.now();
    boolean allowed =
        database.write(handle ->
            AttemptStore.count(handle, pool.id(), sub, AttemptLimit.CONFIRM_FORGOT_PASSWORD, now));
    if (!allowed) {
      throw Why.ATTEMPTS_EXCEEDED.refusal();
    }
    // 3. the code
    OpenCode code = loaded.code();
    Verdict verdict =
        codes.compare(pool.id(), sub, Purpose.RESET_PASSWORD, code, request.confirmationCode());
    if (verdict != Verdict.RIGHT
        || code == null
        || !(loaded.subject() instanceof Subject.Known known)) {
      wrongCode(pool, sub, origin);
      throw verdict == Verdict.EXPIRED ? Why.CODE_EXPIRED.refusal() : Why.CODE_WRONG.refusal();
    }
    User user = known.account().user();
    if (!user.enabled()) {
      throw client.hidesUsers() ? Why.CODE_WRONG.refusal() : Why.USER_DISABLED.refusal();
    }
    // a code that was drawn while the address changed; told only to who has it, since a simulated
    // code went to no address of the user
    if (!user.hasVerified(code.attribute(), code.address())) {
      throw Why.CODE_EXPIRED.refusal();
    }
    // 4. history, and both forms of the new password
    Credential present = known.account().credential();
    passwords.checkHistory(pool, sub, present, password);
    Credential credential = passwords.make(pool, sub, user.username(), password);
    Recording recording =
        events.record(pool, sub, Kind.PASSWORD_CHANGE, Response.PASS, List.of(), origin);
    return write(new Change(pool, user, code, present, credential, now, recording));
  }

  private void wrongCode(Pool pool, String sub, Origin origin) {
    if (pool.recordsEvents()) {
      Recording recording =
          events.record(pool, sub, Kind.PASSWORD_CHANGE, Response.FAIL, List.of(), origin);
      database.write(handle -> {
        recording.write(handle);
        return sub;
      });
    }
  }

  private record Change(
      Pool pool,
      User user,
      OpenCode code,
      @Nullable Credential present,
      Credential credential,
      Instant now,
      Recording recording) {}

  /**
   * One write: code used up, password set, lock-out forgotten, user confirmed; the address that the
   * code went to is and stays verified.
   */
  private Optional<User> write(Change change) {
    Pool pool = change.pool();
    User user = change.user();
    @Nullable Credential present = change.present();
    User changed = user.withStatus(UserStatus.CONFIRMED, change.now());
    UserRow row = UserRow.of(changed);
    String entry = ids.uuid();
    boolean done =
        StartOver.writeWhole(
            database,
            handle -> {
              if (!CodeStore.use(handle, pool.id(), user.sub(), change.code())
                  || !Directory.update(handle, pool, user, row)) {
                return false;
              }
              UserStore.setCredential(handle, pool.id(), user.sub(), change.credential());
              if (present != null) {
                UserStore.remember(handle, pool.id(), user.sub(), present, entry);
              }
              change.recording().write(handle);
              AttemptStore.clear(handle, pool.id(), user.sub(), Guess.PASSWORD);
              return true;
            });
    return done ? Optional.of(changed) : Optional.empty();
  }
}

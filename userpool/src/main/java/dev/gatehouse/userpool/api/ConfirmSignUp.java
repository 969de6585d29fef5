package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.AutoSignIn;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.auth.Proof;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Codes.Verdict;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user proves the address given at sign-up (users.md §3). Every attempt is counted before its
 * outcome is known, for names that nobody has as well.
 */
public final class ConfirmSignUp implements Operation<ConfirmSignUpRequest, ConfirmSignUpResponse> {
  private final Pools pools;
  private final Database database;
  private final Users users;
  private final Codes codes;
  private final Triggers triggers;
  private final AutoSignIn autoSignIn;
  private final Clock clock;

  public ConfirmSignUp(
      Pools pools,
      Database database,
      Users users,
      Codes codes,
      Triggers triggers,
      AutoSignIn autoSignIn,
      Clock clock) {
    this.pools = pools;
    this.database = database;
    this.users = users;
    this.codes = codes;
    this.triggers = triggers;
    this.autoSignIn = autoSignIn;
    this.clock = clock;
  }

  private record Loaded(Subject subject, @Nullable OpenCode code) {}

  @Override
  public ConfirmSignUpResponse handle(ConfirmSignUpRequest request, RequestContext context) {
    // 1. client and its proof
    AppClient client = pools.requireClient(request.clientId());
    Pool pool = pools.poolOf(client);
    UnsupportedSettings.check(pool, "ConfirmSignUp");
    ClientProof.checkHash(client, request.secretHash(), List.of(request.username()));
    User confirmed =
        StartOver.untilDone(Why.CODE_EXPIRED.refusal(), () -> attempt(pool, client, request));
    // 5. PostConfirmation; a failure there does not undo the confirmation
    triggers.postConfirmation(
        Triggers.Event.about(pool, client, confirmed, ClientMetadata.of(request.clientMetadata())),
        "PostConfirmation_ConfirmSignUp");
    // 6. a session to sign in with; the one of SignUp is not needed for it, the code has shown more
    return ConfirmSignUpResponse.builder()
        .session(autoSignIn.session(pool, client, confirmed.sub(), List.of(Proof.SIGN_UP_CODE)))
        .build();
  }

  /** Empty when the user changed between reading and writing. */
  private Optional<User> attempt(Pool pool, AppClient client, ConfirmSignUpRequest request) {
    // 2. the user and the open code
    Loaded loaded = load(pool, request.username());
    if (loaded.subject() instanceof Subject.Unknown && !client.hidesUsers()) {
      throw Why.USER_UNKNOWN_TO_CLIENT.refusal();
    }
    String sub = loaded.subject().sub();
    Verdict verdict =
        codes.compare(pool.id(), sub, Purpose.SIGN_UP, loaded.code(), request.confirmationCode());
    if (!(loaded.subject() instanceof Subject.Known known)) {
      count(pool, sub);
      throw refusal(verdict);
    }
    User user = known.account().user();
    if (user.status() != UserStatus.UNCONFIRMED) {
      count(pool, sub);
      throw Why.NOT_CONFIRMABLE.refusal(user.status().name());
    }
    OpenCode code = loaded.code();
    if (verdict != Verdict.RIGHT || code == null) {
      count(pool, sub);
      throw refusal(verdict);
    }
    // 3. whose alias it would take: looked up only now, so that a wrong code costs the same for
    // everybody
    Instant now = clock.now();
    User confirmed = confirmed(user, code, now);
    AliasMove move =
        Boolean.TRUE.equals(request.forceAliasCreation())
            ? AliasMove.ofVerified(database, pool, confirmed, now)
            : AliasMove.none(pool);
    // 4. one write: counted, code used up, confirmed, address verified, alias taken
    UserRow row = UserRow.of(confirmed);
    boolean done =
        StartOver.writeWhole(
            database,
            handle -> {
              if (!AttemptStore.count(handle, pool.id(), sub, AttemptLimit.CONFIRM_SIGN_UP, now)) {
                throw Why.ATTEMPTS_EXCEEDED.refusal();
              }
              return CodeStore.use(handle, pool.id(), sub, code)
                  && move.write(handle)
                  && Directory.update(handle, pool, user, row);
            });
    return done ? Optional.of(confirmed) : Optional.empty();
  }

  private Loaded load(Pool pool, String username) {
    return database.read(handle -> {
      Subject subject = users.subject(handle, pool, username);
      return new Loaded(
          subject, CodeStore.find(handle, pool.id(), subject.sub(), Purpose.SIGN_UP).orElse(null));
    });
  }

  private void count(Pool pool, String sub) {
    Instant now = clock.now();
    boolean allowed =
        database.write(handle ->
            AttemptStore.count(handle, pool.id(), sub, AttemptLimit.CONFIRM_SIGN_UP, now));
    if (!allowed) {
      throw Why.ATTEMPTS_EXCEEDED.refusal();
    }
  }

  private static RuntimeException refusal(Verdict verdict) {
    return verdict == Verdict.EXPIRED ? Why.CODE_EXPIRED.refusal() : Why.CODE_WRONG.refusal();
  }

  /** The address is verified if it is still the one that the code went to. */
  private static User confirmed(User user, OpenCode code, Instant now) {
    Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
    if (code.address().equals(user.attribute(code.attribute()))) {
      attributes.put(code.attribute() + "_verified", "true");
    }
    return user.withAttributes(attributes, now).withStatus(UserStatus.CONFIRMED, now);
  }
}

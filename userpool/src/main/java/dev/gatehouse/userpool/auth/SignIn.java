package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.TokenContent;
import dev.gatehouse.userpool.token.TokenIssuer;
import dev.gatehouse.userpool.token.TokenSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every sign-in goes through whatever its first factor: the refusals before and after the
 * credential, and the tokens.
 */
public final class SignIn {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final Sessions sessions;
  private final TokenIssuer tokens;
  private final Triggers triggers;
  private final LockOut lockOut;
  private final Clock clock;
  private final Meter meter;

  public SignIn(
      Database database,
      Sessions sessions,
      TokenIssuer tokens,
      Triggers triggers,
      LockOut lockOut,
      Clock clock,
      Meter meter) {
    this.database = database;
    this.sessions = sessions;
    this.tokens = tokens;
    this.triggers = triggers;
    this.lockOut = lockOut;
    this.clock = clock;
    this.meter = meter;
  }

  /**
   * What has been shown so far.
   *
   * @param answered the outstanding step that the credential answered; null when the flow began
   *     with it
   */
  public record Evidence(@Nullable FlowState answered) {
    static Evidence beginning() {
      return new Evidence(null);
    }

    static Evidence answering(FlowState state) {
      return new Evidence(state);
    }
  }

  Triggers.Event event(AuthRequest request, Subject subject) {
    return switch (subject) {
      case Subject.Known known ->
          Triggers.Event.about(
              request.pool(), request.client(), known.account().user(), request.metadata());
      case Subject.Unknown unknown ->
          new Triggers.Event(
              request.pool(), request.client(), unknown.name(), Map.of(), request.metadata());
    };
  }

  /**
   * While locked out every attempt is refused, right or wrong, and does not lengthen the lock
   * (auth.md §3).
   */
  void refuseLockedOut(Subject subject) {
    if (subject.lockedUntil().isAfter(clock.now())) {
      meter.count("sign_ins_total", "result", "locked_out");
      throw Why.LOCKED_OUT.refusal();
    }
  }

  /** LEGACY clients are told that a name is nobody's. */
  void refuseUnknown(AuthRequest request) {
    if (!request.client().hidesUsers()) {
      meter.count("sign_ins_total", "result", "unknown_user");
      throw Why.USER_UNKNOWN.refusal();
    }
  }

  /**
   * LEGACY clients learn of a user's state before the password is looked at; others only after it
   * was right (users.md §1).
   */
  void refuseBeforeCredential(AuthRequest request, Subject.Known known) {
    if (!request.client().hidesUsers()) {
      byState(known.account().user())
          .ifPresent(why -> {
            throw refused(why);
          });
    }
  }

  /** Why a user in this state is not signed in. */
  private static Optional<Why> byState(User user) {
    if (!user.enabled()) {
      return Optional.of(Why.USER_DISABLED);
    }
    return switch (user.status()) {
      case UNCONFIRMED -> Optional.of(Why.USER_NOT_CONFIRMED);
      case RESET_REQUIRED -> Optional.of(Why.PASSWORD_RESET_REQUIRED);
      case EXTERNAL_PROVIDER -> Optional.of(Why.WRONG_CREDENTIALS);
      case CONFIRMED, FORCE_CHANGE_PASSWORD -> Optional.empty();
    };
  }

  /** Why a temporary password is no longer good for being replaced. */
  private Optional<Why> byAge(AuthRequest request, Subject.Known known) {
    if (known.account().user().status() != UserStatus.FORCE_CHANGE_PASSWORD) {
      return Optional.empty();
    }
    Credential credential = Objects.requireNonNull(known.account().credential());
    Duration validity = Duration.ofDays(request.pool().passwordRules().temporaryDays());
    return credential.setAt().plus(validity).isBefore(clock.now())
        ? Optional.of(Why.TEMPORARY_PASSWORD_EXPIRED)
        : Optional.empty();
  }

  /**
   * The refusal that only a right credential brings; a guess that others have locked out while its
   * hash was made must not tell by it that it was right.
   */
  private Refusal refusedAfterCredential(User user, Why why) {
    Instant now = clock.now();
    boolean lockedOut =
        database.read(
            handle -> AttemptStore.lockedUntil(handle, user.poolId(), user.sub()).isAfter(now));
    if (lockedOut) {
      meter.count("sign_ins_total", "result", "locked_out");
      return Why.LOCKED_OUT.refusal();
    }
    return refused(why);
  }

  private Refusal refused(Why why) {
    meter.count("sign_ins_total", "result", "wrong_state");
    return why.refusal();
  }

  /** Counts a wrong credential; during a lock it counts nothing. */
  Refusal failed(AuthRequest request, Subject subject) {
    Instant now = clock.now();
    boolean counted =
        database.write(
            handle -> AttemptStore.fail(handle, request.pool().id(), subject.sub(), lockOut, now));
    meter.count("sign_ins_total", "result", counted ? "wrong_credentials" : "locked_out");
    return counted ? Why.WRONG_CREDENTIALS.refusal() : Why.LOCKED_OUT.refusal();
  }

  /**
   * What follows a right credential, in order. Each outcome states again that the user is not
   * locked out, since guesses made at the same time may have brought the lock (auth.md §3).
   */
  AuthStep passed(AuthRequest request, Subject.Known known, Evidence evidence) {
    User user = known.account().user();
    // 1. the user's state, and a temporary password's age
    byState(user)
        .or(() -> byAge(request, known))
        .ifPresent(why -> {
          throw refusedAfterCredential(user, why);
        });
    // 2. a temporary password is good for one thing: to be replaced
    if (user.status() == UserStatus.FORCE_CHANGE_PASSWORD) {
      return newPasswordRequired(request, known, evidence);
    }
    // 3. MFA: no factor can be registered, so only pools without it get here (UnsupportedSettings)
    // 4. the triggers
    triggers.postAuthentication(event(request, known));
    triggers.preTokenGeneration(event(request, known), "TokenGeneration_Authentication");
    // 5. the write that makes it so, and then the signatures
    Family family = tokens.newFamily(request.pool(), request.client(), user, request.origin());
    TokenContent content = tokens.content(family);
    database.write(handle -> {
      use(handle, request, evidence);
      begin(handle, request, family, user.status());
      return family;
    });
    meter.count("sign_ins_total", "result", "ok");
    return new AuthStep.Authenticated(
        tokens.issue(request.pool(), request.client(), user, family, content));
  }

  /**
   * Begins the family; together with it the wrong passwords are forgotten, and where the pool
   * tracks sessions the user's oldest ones end.
   */
  void begin(Handle handle, AuthRequest request, Family family, UserStatus status) {
    TokenSessions.evict(handle, request.pool(), family);
    if (!FamilyStore.begin(handle, family, status)) {
      // changed between reading and writing: locked out by parallel guesses, and then answered as
      // a wrong one would be; or disabled, or deleted
      boolean lockedOut =
          AttemptStore.lockedUntil(handle, family.poolId(), family.sub())
              .isAfter(family.authTime());
      throw lockedOut ? Why.LOCKED_OUT.refusal() : Why.WRONG_CREDENTIALS.refusal();
    }
    AttemptStore.clear(handle, family.poolId(), family.sub());
  }

  /** Uses up the step that was answered; a repeated answer finds it used. */
  void use(Handle handle, AuthRequest request, Evidence evidence) {
    FlowState answered = evidence.answered();
    if (answered != null && !Sessions.use(handle, request.pool().id(), answered)) {
      throw answered instanceof FlowState.PasswordVerifier
          ? Why.WRONG_CREDENTIALS.refusal()
          : Why.SESSION_USED.refusal();
    }
  }

  private AuthStep newPasswordRequired(
      AuthRequest request, Subject.Known known, Evidence evidence) {
    User user = known.account().user();
    Credential credential = Objects.requireNonNull(known.account().credential());
    Instant now = clock.now();
    boolean free =
        database.write(handle -> {
          use(handle, request, evidence);
          return AttemptStore.pass(handle, user.poolId(), user.sub(), now);
        });
    if (!free) {
      meter.count("sign_ins_total", "result", "locked_out");
      throw Why.LOCKED_OUT.refusal();
    }
    FlowState next =
        new FlowState.NewPasswordRequired(
            sessions.newFlowId(),
            user.sub(),
            credential.setAt(),
            clock.now().plus(request.client().sessionLife()));
    List<String> missing =
        request.pool().schema().required().stream()
            .filter(name -> user.attribute(name) == null)
            .map(name -> "userAttributes." + name)
            .toList();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("USER_ID_FOR_SRP", user.username());
    parameters.put("requiredAttributes", JSON.writeValueAsString(missing));
    parameters.put("userAttributes", JSON.writeValueAsString(user.attributes()));
    return new AuthStep.Challenge(
        "NEW_PASSWORD_REQUIRED", parameters, sessions.seal(request, next));
  }
}

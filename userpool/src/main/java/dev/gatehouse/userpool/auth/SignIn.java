package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every sign-in goes through whatever its first factor: the refusals before and after the
 * credential, and the tokens.
 */
public final class SignIn {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final NextChallenge next;
  private final SecondFactor secondFactor;
  private final TokenIssuer tokens;
  private final Triggers triggers;
  private final LockOut lockOut;
  private final Clock clock;
  private final Meter meter;

  SignIn(
      Database database,
      NextChallenge next,
      SecondFactor secondFactor,
      TokenIssuer tokens,
      Triggers triggers,
      LockOut lockOut,
      Clock clock,
      Meter meter) {
    this.database = database;
    this.next = next;
    this.secondFactor = secondFactor;
    this.tokens = tokens;
    this.triggers = triggers;
    this.lockOut = lockOut;
    this.clock = clock;
    this.meter = meter;
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

  /** Wrong codes lock as wrong passwords do, counted for themselves (auth.md §3). */
  void refuseLockedOutOfCodes(Subject.Known known) {
    refuseLockedOutOfCodes(known.account().user().poolId(), known);
  }

  /** The same for a subject that may be nobody. */
  void refuseLockedOutOfCodes(String pool, Subject subject) {
    refuseLockedOut(subject);
    Instant until =
        database.read(handle -> AttemptStore.lockedUntil(handle, pool, subject.sub(), Guess.CODE));
    if (until.isAfter(clock.now())) {
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
        database.read(handle ->
            AttemptStore.lockedUntil(handle, user.poolId(), user.sub(), Guess.PASSWORD)
                .isAfter(now));
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
    return failed(request, subject, Guess.PASSWORD, Why.WRONG_CREDENTIALS);
  }

  /** Counts a wrong code; during a lock it counts nothing. */
  Refusal failedCode(AuthRequest request, Subject subject, Why why) {
    return failed(request, subject, Guess.CODE, why);
  }

  private Refusal failed(AuthRequest request, Subject subject, Guess guess, Why why) {
    Instant now = clock.now();
    String pool = request.pool().id();
    boolean counted =
        database.write(
            handle -> AttemptStore.fail(handle, pool, subject.sub(), guess, lockOut, now));
    meter.count("sign_ins_total", "result", counted ? "wrong_credentials" : "locked_out");
    return counted ? why.refusal() : Why.LOCKED_OUT.refusal();
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
    // 3. a second factor
    Optional<AuthStep> more = secondFactor.ask(request, known, evidence);
    if (more.isPresent()) {
      return more.get();
    }
    // 4. the triggers
    triggers.postAuthentication(event(request, known));
    triggers.preTokenGeneration(event(request, known), tokenSource(evidence.progress()));
    // 5. the write that makes it so, and then the signatures
    Family family =
        tokens
            .newFamily(request.client(), user)
            .shown(Levels.assurance(evidence.progress().proofs()));
    database.write(handle -> {
      NextChallenge.use(handle, request, evidence);
      begin(handle, family, user.status(), evidence.progress());
      return family;
    });
    meter.count("sign_ins_total", "result", "ok");
    return new AuthStep.Authenticated(tokens.issue(request.pool(), request.client(), user, family));
  }

  /** Asks for the second factor that a credited password and a level call for. */
  AuthStep secondFactor(AuthRequest request, Subject.Known known, Evidence credited) {
    refuseLockedOutOfCodes(known);
    byState(known.account().user())
        .ifPresent(why -> {
          throw refused(why);
        });
    return secondFactor
        .ask(request, known, credited)
        .orElseThrow(() -> Why.LEVEL_UNREACHABLE.refusal());
  }

  private static String tokenSource(Progress progress) {
    return progress.has(Proof.NEW_PASSWORD)
        ? "TokenGeneration_NewPasswordChallenge"
        : "TokenGeneration_Authentication";
  }

  /** Begins the family; together with it the wrong guesses are forgotten. */
  private static void begin(Handle handle, Family family, UserStatus status, Progress progress) {
    String pool = family.poolId();
    boolean byCode = progress.proofs().stream().anyMatch(Proof::isCode);
    if (!FamilyStore.begin(handle, family, status, byCode)) {
      // changed between reading and writing: locked out by parallel guesses, and then answered as
      // a wrong one would be; or disabled, or deleted
      boolean lockedOut =
          isLocked(handle, family, Guess.PASSWORD)
              || (byCode && isLocked(handle, family, Guess.CODE));
      throw lockedOut ? Why.LOCKED_OUT.refusal() : Why.WRONG_CREDENTIALS.refusal();
    }
    AttemptStore.clear(handle, pool, family.sub(), Guess.PASSWORD);
    if (byCode) {
      AttemptStore.clear(handle, pool, family.sub(), Guess.CODE);
    }
  }

  private static boolean isLocked(Handle handle, Family family, Guess guess) {
    return AttemptStore.lockedUntil(handle, family.poolId(), family.sub(), guess)
        .isAfter(family.authTime());
  }

  private AuthStep newPasswordRequired(
      AuthRequest request, Subject.Known known, Evidence evidence) {
    User user = known.account().user();
    Credential credential = Objects.requireNonNull(known.account().credential());
    FlowState state =
        new FlowState.NewPasswordRequired(
            evidence.progress(), user.sub(), credential.setAt(), next.expires(request));
    List<String> missing =
        request.pool().schema().required().stream()
            .filter(name -> user.attribute(name) == null)
            .map(name -> "userAttributes." + name)
            .toList();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("USER_ID_FOR_SRP", user.username());
    parameters.put("requiredAttributes", JSON.writeValueAsString(missing));
    parameters.put("userAttributes", JSON.writeValueAsString(user.attributes()));
    return next.ask(request, evidence, state, parameters);
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.CustomFlowStore.Memory;
import dev.gatehouse.userpool.auth.DeviceTracking.Presented;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.DeviceStore.Reliance;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.event.AuthEvent.Answer;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * What every sign-in goes through whatever its first factor: the refusals before and after the
 * credential, and the tokens.
 */
public final class SignIn {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final NextChallenge next;
  private final DeviceTracking devices;
  private final SecondFactor secondFactor;
  private final CustomRounds rounds;
  private final TokenIssuer tokens;
  private final Triggers triggers;
  private final LockOut lockOut;
  private final SignInEvents events;
  private final Clock clock;
  private final Meter meter;

  SignIn(
      Database database,
      NextChallenge next,
      DeviceTracking devices,
      SecondFactor secondFactor,
      CustomRounds rounds,
      TokenIssuer tokens,
      Triggers triggers,
      LockOut lockOut,
      SignInEvents events,
      Clock clock,
      Meter meter) {
    this.database = database;
    this.next = next;
    this.devices = devices;
    this.secondFactor = secondFactor;
    this.rounds = rounds;
    this.tokens = tokens;
    this.triggers = triggers;
    this.lockOut = lockOut;
    this.events = events;
    this.clock = clock;
    this.meter = meter;
  }

  Triggers.Event event(AuthRequest request, Subject subject) {
    return switch (subject) {
      case Subject.Known known ->
          Triggers.Event.about(
              request.pool(), request.client(), known.account().user(), request.clientMetadata());
      case Subject.Unknown unknown ->
          new Triggers.Event(
              request.pool(), request.client(), unknown.name(), Map.of(), request.clientMetadata());
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
  void refuseLockedOutOfCodes(AuthRequest request, Subject subject) {
    refuseLockedOut(subject);
    String pool = request.pool().id();
    Instant until =
        database.read(handle -> AttemptStore.lockedUntil(handle, pool, subject.sub(), Guess.CODE));
    if (until.isAfter(clock.now())) {
      meter.count("sign_ins_total", "result", "locked_out");
      throw Why.LOCKED_OUT.refusal();
    }
  }

  /** PreAuthentication; of a name that nobody has it learns where the client hides that. */
  void preAuthentication(AuthRequest request, Subject subject) {
    if (subject instanceof Subject.Unknown && !request.client().hidesUsers()) {
      return;
    }
    triggers.preAuthentication(
        event(request, subject), request.validationData(), subject instanceof Subject.Unknown);
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
  private Refusal refusedAfterCredential(
      AuthRequest request, User user, Progress progress, Why why) {
    Instant now = clock.now();
    boolean lockedOut =
        database.read(handle ->
            AttemptStore.lockedUntil(handle, user.poolId(), user.sub(), Guess.PASSWORD)
                .isAfter(now));
    if (lockedOut) {
      meter.count("sign_ins_total", "result", "locked_out");
      return Why.LOCKED_OUT.refusal();
    }
    if (request.pool().recordsEvents()) {
      Recording recording = events.refused(request, user.sub(), progress);
      database.write(handle -> {
        recording.write(handle);
        return user;
      });
    }
    return refused(why);
  }

  private Refusal refused(Why why) {
    meter.count("sign_ins_total", "result", "wrong_state");
    return why.refusal();
  }

  /** Counts a wrong credential; during a lock it counts nothing. */
  Refusal failed(AuthRequest request, Subject subject) {
    return failed(
        request, subject, Guess.PASSWORD, Why.WRONG_CREDENTIALS, List.of(Answer.PASSWORD_WRONG));
  }

  /** Counts a wrong code; during a lock it counts nothing. */
  Refusal failedCode(AuthRequest request, Subject subject, Why why) {
    return failed(request, subject, Guess.CODE, why, List.of(Answer.MFA_WRONG));
  }

  /** Counts a wrong answer of a device as a wrong password. */
  Refusal failedDevice(AuthRequest request, Subject subject) {
    return failed(request, subject, Guess.PASSWORD, Why.WRONG_CREDENTIALS, List.of());
  }

  /** Counts a wrong credential that is answered in other words. */
  void countFailure(AuthRequest request, Subject subject) {
    count(request, subject, Guess.PASSWORD, List.of(Answer.PASSWORD_WRONG));
  }

  private Refusal failed(
      AuthRequest request, Subject subject, Guess guess, Why why, List<Answer> answers) {
    return count(request, subject, guess, answers) ? why.refusal() : Why.LOCKED_OUT.refusal();
  }

  private boolean count(AuthRequest request, Subject subject, Guess guess, List<Answer> answers) {
    Instant now = clock.now();
    String pool = request.pool().id();
    Recording recording = events.wrong(request, subject.sub(), answers);
    boolean counted =
        database.write(handle -> {
          boolean free = AttemptStore.fail(handle, pool, subject.sub(), guess, lockOut, now);
          if (free) {
            recording.write(handle);
          }
          return free;
        });
    meter.count("sign_ins_total", "result", counted ? "wrong_credentials" : "locked_out");
    return counted;
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
          throw refusedAfterCredential(request, user, evidence.progress(), why);
        });
    // 2. a temporary password is good for one thing: to be replaced
    if (user.status() == UserStatus.FORCE_CHANGE_PASSWORD) {
      return newPasswordRequired(request, known, evidence);
    }
    // 3. the device that the client names, which has to prove itself
    Progress progress = evidence.progress();
    Presented device =
        devices
            .presented(request.pool(), user, progress)
            .orElseThrow(() -> refusedAfterCredential(request, user, progress, Why.DEVICE_UNKNOWN));
    if (device.known() != null && !progress.has(Proof.DEVICE)) {
      return devices.ask(request, user, evidence, device.known());
    }
    // 4. a second factor, unless a remembered device stands in for it
    boolean standsIn =
        DeviceTracking.standsInForFactor(request.pool(), device, progress)
            && !progress.belowTarget();
    if (!standsIn) {
      Optional<AuthStep> more = secondFactor.ask(request, known, evidence);
      if (more.isPresent()) {
        return more.get();
      }
    }
    // 5. CUSTOM_AUTH goes on by its functions' word
    if (progress.custom() && !progress.has(Proof.CUSTOM_AUTH)) {
      return custom(request, known, evidence, rounds.memory(request, progress));
    }
    // 6. the tokens
    return complete(request, known, evidence, device, standsIn);
  }

  /** Nothing more is asked: the triggers, the write that makes it so, and then the signatures. */
  private AuthStep complete(
      AuthRequest request,
      Subject.Known known,
      Evidence evidence,
      Presented device,
      boolean standsIn) {
    User user = known.account().user();
    Progress progress = evidence.progress();
    // 1. the triggers
    triggers.postAuthentication(event(request, known), device.offered() != null);
    Family family =
        tokens
            .newFamily(request.pool(), request.client(), user, request.origin())
            .ofSignIn(
                SignInEvents.eventId(progress),
                device.deviceKey(),
                Levels.assurance(progress.proofs()));
    TokenContent content =
        triggers.preTokenGeneration(
            event(request, known), tokenSource(progress), tokens.content(family));
    // 2. the write
    Reliance reliance = standsIn ? Reliance.STANDS_IN_FOR_FACTOR : Reliance.TRACKED;
    Recording recording = events.passed(request, user.sub(), progress);
    database.write(handle -> {
      NextChallenge.use(handle, request, evidence);
      recording.write(handle);
      DeviceTracking.signedIn(handle, device, request, reliance, family.authTime());
      begin(handle, request, family, user.status(), progress);
      return family;
    });
    // 3. the signatures
    meter.count("sign_ins_total", "result", "ok");
    return new AuthStep.Authenticated(
        tokens.issue(request.pool(), request.client(), user, family, content), device.offered());
  }

  /**
   * A round of CUSTOM_AUTH is over, or the first is to begin.
   *
   * @param memory with the round that was answered just now
   */
  AuthStep custom(AuthRequest request, Subject subject, Evidence evidence, Memory memory) {
    return switch (rounds.next(request, subject, event(request, subject), evidence, memory)) {
      case CustomRounds.Outcome.Asked asked -> asked.step();
      case CustomRounds.Outcome.Fail ignored -> {
        // the function's limit is the end: the round that was too much is not answered again
        database.write(handle -> {
          NextChallenge.use(handle, request, evidence);
          return evidence;
        });
        throw failedCode(request, subject, Why.WRONG_CREDENTIALS);
      }
      case CustomRounds.Outcome.Issue ignored -> {
        if (!(subject instanceof Subject.Known known)) {
          throw failedCode(request, subject, Why.WRONG_CREDENTIALS);
        }
        yield passed(request, known, evidence.with(Proof.CUSTOM_AUTH));
      }
    };
  }

  /** Asks for the second factor that a credited password and a level call for. */
  AuthStep secondFactor(AuthRequest request, Subject.Known known, Evidence credited) {
    refuseLockedOutOfCodes(request, known);
    byState(known.account().user())
        .ifPresent(why -> {
          throw refused(why);
        });
    return secondFactor
        .ask(request, known, credited)
        .orElseThrow(() -> Why.LEVEL_UNREACHABLE.refusal());
  }

  private static String tokenSource(Progress progress) {
    if (progress.endedByDevice()) {
      return "TokenGeneration_AuthenticateDevice";
    }
    return progress.has(Proof.NEW_PASSWORD)
        ? "TokenGeneration_NewPasswordChallenge"
        : "TokenGeneration_Authentication";
  }

  /**
   * Begins the family; together with it the wrong guesses are forgotten, and where the pool tracks
   * sessions the user's oldest ones end.
   */
  private static void begin(
      Handle handle, AuthRequest request, Family family, UserStatus status, Progress progress) {
    String pool = family.poolId();
    boolean byCode = progress.proofs().stream().anyMatch(Proof::isCode);
    TokenSessions.evict(handle, request.pool(), family);
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

package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.CustomAuthTriggers;
import dev.gatehouse.userpool.CustomAuthTriggers.Decision;
import dev.gatehouse.userpool.CustomAuthTriggers.NewChallenge;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.CustomFlowStore.Memory;
import dev.gatehouse.userpool.directory.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Lets DefineAuthChallenge decide how a CUSTOM_AUTH sign-in goes on, and asks what it wants
 * (auth.md §9). Rounds that are ours, the password and second factors, appear among those that it
 * sees.
 */
final class CustomRounds {
  private final Database database;
  private final CustomAuthTriggers triggers;
  private final CustomFlowStore store;
  private final NextChallenge next;
  private final SrpChallenge srpChallenge;

  CustomRounds(
      Database database,
      CustomAuthTriggers triggers,
      CustomFlowStore store,
      NextChallenge next,
      SrpChallenge srpChallenge) {
    this.database = database;
    this.triggers = triggers;
    this.store = store;
    this.next = next;
    this.srpChallenge = srpChallenge;
  }

  /** How it goes on. */
  sealed interface Outcome {
    /** Something more is asked. */
    record Asked(AuthStep step) implements Outcome {}

    /** {@code issueTokens}. */
    record Issue() implements Outcome {}

    /** {@code failAuthentication}. */
    record Fail() implements Outcome {}
  }

  /** What the sign-in remembers. */
  Memory memory(AuthRequest request, Progress progress) {
    return database
        .read(handle -> store.find(handle, request.pool().id(), progress.flowId()))
        .orElseThrow(() -> Why.SESSION_INVALID.refusal());
  }

  /**
   * @param before with the round that was answered just now
   * @throws dev.gatehouse.kernel.Refusal CUSTOM_AUTH_NOT_CONFIGURED, CUSTOM_CHALLENGE_UNKNOWN, and
   *     what the functions bring
   */
  Outcome next(
      AuthRequest request,
      Subject subject,
      Triggers.Event event,
      Evidence evidence,
      Memory before) {
    // 1. what was shown by our own rounds since
    Memory memory = before.including(evidence.progress());
    // 2. the function's decision
    boolean unknown = subject instanceof Subject.Unknown;
    Decision decision = triggers.defineAuthChallenge(event, memory.rounds(), unknown);
    if (decision.failAuthentication()) {
      return new Outcome.Fail();
    }
    if (decision.issueTokens()) {
      return new Outcome.Issue();
    }
    // 3. the challenge that it names
    return switch (Objects.requireNonNullElse(decision.challengeName(), "")) {
      case "CUSTOM_CHALLENGE" -> {
        NewChallenge made =
            triggers.createAuthChallenge(event, "CUSTOM_CHALLENGE", memory.rounds(), unknown);
        yield new Outcome.Asked(
            ask(
                request,
                subject,
                evidence,
                memory.asking(made.privateParameters(), made.challengeMetadata()),
                made.publicParameters()));
      }
      case "PASSWORD_VERIFIER" -> {
        if (memory.srpA() == null) {
          throw Why.PARAMETER_MISSING.refusal("SRP_A");
        }
        yield new Outcome.Asked(password(request, subject, evidence, memory, memory.srpA()));
      }
      default -> throw Why.CUSTOM_CHALLENGE_UNKNOWN.refusal("DefineAuthChallenge");
    };
  }

  private AuthStep ask(
      AuthRequest request,
      Subject subject,
      Evidence evidence,
      Memory memory,
      Map<String, String> publicParameters) {
    FlowState.CustomChallenge state =
        new FlowState.CustomChallenge(
            evidence.progress(),
            subject.sub(),
            srpChallenge.userIdForSrp(request.pool(), subject),
            memory.rounds().size(),
            next.expires(request));
    CustomFlowStore.Row row =
        store.row(request.pool().id(), state.flowId(), memory, state.expires());
    Map<String, String> parameters = new LinkedHashMap<>(publicParameters);
    parameters.put("USERNAME", state.userIdForSrp());
    return next.ask(
        request, evidence.andAlong(handle -> CustomFlowStore.put(handle, row)), state, parameters);
  }

  private AuthStep password(
      AuthRequest request, Subject subject, Evidence evidence, Memory memory, String srpA) {
    SrpChallenge.Begun begun =
        srpChallenge.begin(request, subject, evidence.progress(), SrpChallenge.parse(srpA));
    CustomFlowStore.Row row =
        store.row(request.pool().id(), begun.state().flowId(), memory, begun.state().expires());
    database.write(handle -> {
      NextChallenge.use(handle, request, evidence);
      CustomFlowStore.put(handle, row);
      return row;
    });
    return begun.step();
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * EMAIL_OTP and SMS_OTP as first factors (auth.md §7): a code of eight digits that lives as long as
 * its session. Nobody's code is drawn, counted and compared like a user's, and goes nowhere.
 */
final class FirstFactorCode {
  private static final int DIGITS = 8;

  private final NextChallenge next;
  private final SignIn signIn;
  private final ProvenAddress provenAddress;
  private final Codes codes;
  private final Messages messages;
  private final Decoys decoys;
  private final Clock clock;

  FirstFactorCode(
      NextChallenge next,
      SignIn signIn,
      ProvenAddress provenAddress,
      Codes codes,
      Messages messages,
      Decoys decoys,
      Clock clock) {
    this.next = next;
    this.signIn = signIn;
    this.provenAddress = provenAddress;
    this.codes = codes;
    this.messages = messages;
    this.decoys = decoys;
    this.clock = clock;
  }

  static Proof proof(FirstFactor factor) {
    return factor == FirstFactor.EMAIL_OTP ? Proof.EMAIL_OTP : Proof.SMS_OTP;
  }

  /** Sends a code and asks for it. */
  AuthStep send(ChoiceRound round, FirstFactor factor) {
    // 1. wrong codes lock as wrong passwords do
    AuthRequest request = round.request();
    Pool pool = request.pool();
    Subject subject = round.subject();
    signIn.refuseLockedOutOfCodes(request, subject);
    // 2. the code and its message
    String attribute = Objects.requireNonNull(factor.attribute());
    String address = address(pool, subject, round.username(), attribute);
    Instant expires = next.expires(request);
    Codes.NewCode code =
        codes.drawForSignIn(pool.id(), subject.sub(), attribute, address, DIGITS, expires);
    boolean somebody = subject instanceof Subject.Known;
    Outgoing message =
        subject instanceof Subject.Known known
            ? messages.signIn(
                pool,
                known.account().user(),
                code,
                new Messages.Cause(
                    Messages.Occasion.AUTHENTICATION, request.client(), request.clientMetadata()))
            : messages.signInToNobody(pool, round.username(), code);
    // 3. counted and sent in one write
    Instant now = clock.now();
    Evidence evidence =
        round
            .evidence()
            .along(handle -> {
              if (!AttemptStore.count(
                  handle, pool.id(), subject.sub(), AttemptLimit.SIGN_IN_CODE, now)) {
                throw Why.ATTEMPTS_EXCEEDED.refusal();
              }
              if (somebody) {
                message.insert(handle);
              } else if (message.travels()) {
                CodeStore.putUnsent(handle, pool.id(), subject.sub(), code.row());
              }
            });
    FlowState.CodeSent state =
        new FlowState.CodeSent(
            evidence.progress(),
            subject.sub(),
            factor.name(),
            proof(factor),
            attribute,
            null,
            code.row().mac(),
            expires);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", message.destination().medium().name());
    parameters.put("CODE_DELIVERY_DESTINATION", message.destination().masked());
    AuthStep step =
        next.offer(request, evidence, state, parameters, FirstFactor.names(round.available()));
    if (somebody) {
      message.committed();
    }
    return step;
  }

  /**
   * Judges the code.
   *
   * @param evidence without the code
   */
  AuthStep verify(
      AuthRequest request,
      Subject subject,
      FlowState.CodeSent state,
      String presented,
      Evidence evidence) {
    signIn.refuseLockedOutOfCodes(request, subject);
    // the code belongs to the address that the user has now
    String address =
        subject instanceof Subject.Known known
            ? known.account().user().attribute(state.attribute())
            : null;
    OpenCode open =
        new OpenCode(
            Purpose.SIGN_IN,
            state.mac(),
            state.attribute(),
            address == null ? "" : address,
            state.expires());
    Codes.Verdict verdict =
        codes.compare(request.pool().id(), subject.sub(), Purpose.SIGN_IN, open, presented);
    if (verdict != Codes.Verdict.RIGHT
        || address == null
        || !(subject instanceof Subject.Known known)) {
      throw signIn.failedCode(request, subject, Why.SIGN_IN_CODE_WRONG);
    }
    return provenAddress.passed(
        request, known, evidence.with(state.proof()), new Address(state.attribute(), address));
  }

  private String address(Pool pool, Subject subject, String username, String attribute) {
    return subject instanceof Subject.Known known
        ? Objects.requireNonNull(known.account().user().attribute(attribute))
        : decoys.address(pool, username, List.of(attribute)).value();
  }
}

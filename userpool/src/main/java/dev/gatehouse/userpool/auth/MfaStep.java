package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.Totp;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.FlowState.MfaSetup;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answers to SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA, SELECT_MFA_TYPE and MFA_SETUP (auth.md §5,
 * §6). A wrong code leaves the session for another try; the lock-out counts it.
 */
final class MfaStep {
  /** Of a mailbox (RFC 5321 §4.5.3.1), so that the session can hold it. */
  private static final int LONGEST_EMAIL = 320;

  private final Database database;
  private final SessionUser sessionUser;
  private final SignIn signIn;
  private final SecondFactor secondFactor;
  private final ProvenAddress provenAddress;
  private final Codes codes;
  private final SoftwareTokens softwareTokens;
  private final Clock clock;

  MfaStep(
      Database database,
      SessionUser sessionUser,
      SignIn signIn,
      SecondFactor secondFactor,
      ProvenAddress provenAddress,
      Codes codes,
      SoftwareTokens softwareTokens,
      Clock clock) {
    this.database = database;
    this.sessionUser = sessionUser;
    this.signIn = signIn;
    this.secondFactor = secondFactor;
    this.provenAddress = provenAddress;
    this.codes = codes;
    this.softwareTokens = softwareTokens;
    this.clock = clock;
  }

  /** SMS_MFA and EMAIL_OTP. */
  AuthStep code(AuthRequest request, FlowState.CodeSent state) {
    // 1. parameters, the client's proof, the user of the session, the lock-outs
    Parameters parameters = new Parameters(request.parameters());
    String presented = parameters.required(state.challenge() + "_CODE");
    Subject.Known known = sessionUser.require(request, parameters, state);
    signIn.refuseLockedOutOfCodes(request, known);
    // 2. the code, which belongs to the address that the user has now, or is about to get
    User user = known.account().user();
    String present = user.attribute(state.attribute());
    String address = state.newAddress() != null ? state.newAddress() : present;
    OpenCode open =
        address == null
            ? null
            : new OpenCode(
                Purpose.SIGN_IN, state.mac(), state.attribute(), address, state.expires());
    if (codes.compare(request.pool().id(), user.sub(), Purpose.SIGN_IN, open, presented)
            != Codes.Verdict.RIGHT
        || address == null) {
      throw signIn.failedCode(request, known, Why.SIGN_IN_CODE_WRONG);
    }
    // 3. a right code verifies its address
    Evidence evidence =
        Evidence.answering(state, state.progress().from(parameters).with(state.proof()));
    return provenAddress.passed(request, known, evidence, new Address(state.attribute(), address));
  }

  /** SOFTWARE_TOKEN_MFA. */
  AuthStep softwareToken(AuthRequest request, FlowState.SoftwareToken state) {
    // 1. parameters, the client's proof, the user of the session, the lock-outs
    Parameters parameters = new Parameters(request.parameters());
    String presented = parameters.required("SOFTWARE_TOKEN_MFA_CODE");
    Subject.Known known = sessionUser.require(request, parameters, state);
    signIn.refuseLockedOutOfCodes(request, known);
    // 2. the code of this time step or a neighbouring one
    String pool = request.pool().id();
    SoftwareTokens.Row row =
        database
            .read(handle ->
                SoftwareTokens.find(handle, pool, known.sub(), SoftwareTokens.State.ACTIVE))
            .orElseThrow(() -> Why.SOFTWARE_TOKEN_NOT_ENABLED.refusal());
    Secret secret = softwareTokens.open(pool, known.sub(), SoftwareTokens.State.ACTIVE, row);
    OptionalLong step = Totp.match(secret, presented, clock.now());
    if (step.isEmpty()) {
      throw signIn.failedCode(request, known, Why.SOFTWARE_TOKEN_CODE_WRONG);
    }
    if (step.getAsLong() <= row.step()) {
      throw Why.SOFTWARE_TOKEN_CODE_USED.refusal();
    }
    // 3. it is good once; that is written with what follows
    Evidence evidence =
        Evidence.answering(state, state.progress().from(parameters).with(Proof.SOFTWARE_TOKEN_MFA));
    return signIn.passed(
        request,
        known,
        evidence.along(handle -> {
          if (!SoftwareTokens.use(handle, pool, known.sub(), row.sealed(), step.getAsLong())) {
            throw Why.SOFTWARE_TOKEN_CODE_USED.refusal();
          }
        }));
  }

  /** SELECT_MFA_TYPE: the factor that the user has chosen is asked for. */
  AuthStep select(AuthRequest request, FlowState.SelectMfa state) {
    Parameters parameters = new Parameters(request.parameters());
    String answer = parameters.required("ANSWER");
    Subject.Known known = sessionUser.require(request, parameters, state);
    User user = known.account().user();
    // the vendor's documentation also has EMAIL_MFA (auth.md §5)
    String name = answer.equals("EMAIL_MFA") ? MfaFactor.EMAIL_OTP.name() : answer;
    Optional<MfaFactor> chosen =
        Arrays.stream(MfaFactor.values())
            .filter(factor -> factor.name().equals(name))
            .filter(request.pool().mfa().usable(user)::contains)
            .findFirst();
    return secondFactor.challenge(
        request,
        user,
        Evidence.answering(state, state.progress().from(parameters)),
        chosen.orElseThrow(() -> Why.MFA_NOT_OFFERED.refusal(answer)));
  }

  /** MFA_SETUP: goes on with a verified software token, or sends a code to an e-mail address. */
  AuthStep setUp(AuthRequest request, MfaSetup state) {
    Parameters parameters = new Parameters(request.parameters());
    Subject.Known known = sessionUser.require(request, parameters, state);
    Progress progress = state.progress().from(parameters);
    if (state.stage() == MfaSetup.Stage.VERIFIED) {
      return signIn.passed(
          request, known, Evidence.answering(state, progress.with(Proof.SOFTWARE_TOKEN_MFA)));
    }
    String email = parameters.optional("EMAIL");
    if (email.isEmpty() || !request.pool().mfa().settable().contains(MfaFactor.EMAIL_OTP)) {
      throw Why.SESSION_INVALID.refusal();
    }
    User user = known.account().user();
    if (!request.pool().mfa().usable(user).isEmpty()) {
      throw Why.SESSION_INVALID.refusal();
    }
    String present = user.attribute("email");
    if (present != null && !present.equals(email)) {
      throw Why.ATTRIBUTE_ALREADY_PROVIDED.refusal("email");
    }
    if (email.length() > LONGEST_EMAIL) {
      throw Why.EMAIL_FORMAT.refusal();
    }
    AttributeRules.ofNewUser(request.pool(), Map.of("email", email));
    return secondFactor.setUpEmail(request, user, Evidence.answering(state, progress), email);
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.passkey.Passkey;
import dev.gatehouse.userpool.passkey.PasskeyStore;
import dev.gatehouse.userpool.pool.Pool;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * USER_AUTH (auth.md §7): the user chooses the first factor. Whatever the client's setting, a name
 * that nobody has is answered like a user's (users.md §10), at the same cost.
 */
final class ChoiceFlow {
  private final Database database;
  private final Users users;
  private final SessionUser sessionUser;
  private final FirstFactors firstFactors;
  private final PasswordFlow passwordFlow;
  private final SrpChallenge srpChallenge;
  private final FirstFactorCode codes;
  private final PasskeyFactor passkeys;
  private final StepUp stepUp;
  private final Sessions sessions;
  private final NextChallenge next;
  private final SignIn signIn;
  private final Triggers triggers;

  ChoiceFlow(
      Database database,
      Users users,
      SessionUser sessionUser,
      FirstFactors firstFactors,
      PasswordFlow passwordFlow,
      SrpChallenge srpChallenge,
      FirstFactorCode codes,
      PasskeyFactor passkeys,
      StepUp stepUp,
      Sessions sessions,
      NextChallenge next,
      SignIn signIn,
      Triggers triggers) {
    this.database = database;
    this.users = users;
    this.sessionUser = sessionUser;
    this.firstFactors = firstFactors;
    this.passwordFlow = passwordFlow;
    this.srpChallenge = srpChallenge;
    this.codes = codes;
    this.passkeys = passkeys;
    this.stepUp = stepUp;
    this.sessions = sessions;
    this.next = next;
    this.signIn = signIn;
    this.triggers = triggers;
  }

  /**
   * @param session of SignUp or ConfirmSignUp; null where the client sends none
   */
  AuthStep begin(AuthRequest request, @Nullable String session) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. who has just signed up has shown enough
    if (session != null) {
      if (!parameters.optional("TARGET_ACR_VALUES").isEmpty()) {
        throw Why.LEVEL_UNREACHABLE.refusal();
      }
      return signedUp(request, parameters, session);
    }
    // 3. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOut(subject);
    if (subject instanceof Subject.Unknown unknown
        && parameters.optional("PREFERRED_CHALLENGE").equals(FirstFactor.PASSWORD.name())
        && !parameters.optional("PASSWORD").isEmpty()) {
      subject = passwordFlow.migrated(request, unknown, Secret.of(parameters.required("PASSWORD")));
    }
    signIn.preAuthentication(request, subject);
    // 4. the level to be reached, and what an earlier sign-in counts for
    StepUp.Wish wish = stepUp.read(request.pool(), parameters, subject);
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters);
    ChoiceRound any = round(request, parameters, subject, Evidence.beginning(progress));
    if (wish.levels().isEmpty()) {
      return choose(any);
    }
    int target = StepUp.target(request.pool(), any.subject(), wish, any.available());
    Evidence credited = Evidence.beginning(progress.towards(target, wish.credit()));
    if (any.subject() instanceof Subject.Known known
        && StepUp.bySecondFactor(request.pool(), known, wish.credit(), target)) {
      return signIn.secondFactor(request, known, credited);
    }
    return choose(any.towards(credited));
  }

  /** The preferred factor, the only one, or the choice. */
  private AuthStep choose(ChoiceRound round) {
    List<FirstFactor> available = round.available();
    return FirstFactor.named(round.parameters().optional("PREFERRED_CHALLENGE"), available)
        .map(preferred -> challenge(round, preferred))
        .orElseGet(
            () -> available.size() == 1 ? challenge(round, available.getFirst()) : select(round));
  }

  private ChoiceRound round(
      AuthRequest request, Parameters parameters, Subject subject, Evidence evidence) {
    String username = parameters.required("USERNAME");
    Pool pool = request.pool();
    List<Passkey> passkeys = passkeys(pool, subject);
    if (subject instanceof Subject.Known known) {
      List<FirstFactor> own = FirstFactors.ofUser(pool, known, passkeys);
      if (!own.isEmpty()) {
        return new ChoiceRound(request, parameters, known, username, evidence, own, passkeys)
            .towards(evidence);
      }
    }
    // a user without any factor is nobody to this flow
    return new ChoiceRound(
            request,
            parameters,
            new Subject.Unknown(username, subject.sub(), subject.lockedUntil()),
            username,
            evidence,
            firstFactors.ofNobody(pool, username),
            List.of())
        .towards(evidence);
  }

  /** Those for the pool's relying party; one statement where there is one, for nobody as well. */
  private List<Passkey> passkeys(Pool pool, Subject subject) {
    if (!pool.firstFactors().contains(AuthFactorType.WEB_AUTHN) || pool.relyingParty().isEmpty()) {
      return List.of();
    }
    String party = pool.relyingParty().get().id();
    return database.read(handle -> PasskeyStore.of(handle, pool.id(), subject.sub())).stream()
        .filter(passkey -> passkey.relyingPartyId().equals(party))
        .toList();
  }

  /** A sign-in right after sign-up, led by whoever holds the session of it. */
  private AuthStep signedUp(AuthRequest request, Parameters parameters, String session) {
    // sign-up is public, whoever leads the sign-in that follows
    if (!(sessions.open(request.as(AuthRequest.Kind.PUBLIC), session)
            instanceof FlowState.SignedUp state)
        || state.progress().proofs().isEmpty()) {
      throw Why.SESSION_INVALID.refusal();
    }
    Subject.Known known = sessionUser.require(request, parameters, state);
    signIn.refuseLockedOut(known);
    signIn.preAuthentication(request, known);
    return signIn.passed(
        request, known, Evidence.answering(state, state.progress().from(parameters)));
  }

  private AuthStep select(ChoiceRound round) {
    return next.offer(
        round.request(),
        round.evidence(),
        new FlowState.SelectChallenge(
            round.evidence().progress(), round.subject().sub(), next.expires(round.request())),
        Map.of(),
        FirstFactor.names(round.available()));
  }

  /** Asks for this factor, or judges it where it came with the choice. */
  private AuthStep challenge(ChoiceRound round, FirstFactor factor) {
    return switch (factor) {
      case PASSWORD ->
          round.parameters().optional("PASSWORD").isEmpty()
              ? askPassword(round, factor)
              : password(round);
      case PASSWORD_SRP ->
          round.parameters().optional("SRP_A").isEmpty() ? askPassword(round, factor) : srp(round);
      case EMAIL_OTP, SMS_OTP -> codes.send(round, factor);
      case WEB_AUTHN -> passkeys.ask(round);
    };
  }

  private AuthStep askPassword(ChoiceRound round, FirstFactor factor) {
    return next.offer(
        round.request(),
        round.evidence(),
        new FlowState.PasswordAsked(
            round.evidence().progress(),
            round.subject().sub(),
            factor.name(),
            next.expires(round.request())),
        Map.of(),
        FirstFactor.names(round.available()));
  }

  private AuthStep password(ChoiceRound round) {
    refuseBeforePassword(round);
    Secret password = Secret.of(round.parameters().required("PASSWORD"));
    Subject subject =
        round.subject() instanceof Subject.Unknown unknown
            ? passwordFlow.migrated(round.request(), unknown, password)
            : round.subject();
    return passwordFlow.verify(round.request(), subject, password, round.evidence());
  }

  private AuthStep srp(ChoiceRound round) {
    BigInteger clientPublic = SrpChallenge.parse(round.parameters().required("SRP_A"));
    refuseBeforePassword(round);
    if (round.evidence().writes()) {
      database.write(handle -> {
        NextChallenge.use(handle, round.request(), round.evidence());
        return round;
      });
    }
    return srpChallenge
        .begin(
            round.request(),
            round.subject(),
            round.evidence().progress(),
            clientPublic,
            FirstFactor.names(round.available()))
        .step();
  }

  private void refuseBeforePassword(ChoiceRound round) {
    if (round.subject() instanceof Subject.Known known) {
      signIn.refuseBeforeCredential(round.request(), known);
    }
  }

  /** SELECT_CHALLENGE. */
  AuthStep select(AuthRequest request, FlowState.SelectChallenge state) {
    Parameters parameters = new Parameters(request.parameters());
    String answer = parameters.required("ANSWER");
    ChoiceRound round = answering(request, parameters, state);
    return FirstFactor.named(answer, round.available())
        .map(factor -> challenge(round, factor))
        .orElseThrow(() -> Why.MFA_NOT_OFFERED.refusal(answer));
  }

  /** PASSWORD and PASSWORD_SRP. */
  AuthStep password(AuthRequest request, FlowState.PasswordAsked state) {
    Parameters parameters = new Parameters(request.parameters());
    boolean srp = state.challenge().equals(FirstFactor.PASSWORD_SRP.name());
    parameters.required(srp ? "SRP_A" : "PASSWORD");
    ChoiceRound round = answering(request, parameters, state);
    return srp ? srp(round) : password(round);
  }

  /** EMAIL_OTP and SMS_OTP as first factor. */
  AuthStep code(AuthRequest request, FlowState.CodeSent state) {
    Parameters parameters = new Parameters(request.parameters());
    String presented = parameters.required(state.challenge() + "_CODE");
    ChoiceRound round = answering(request, parameters, state);
    AuthStep step =
        codes.verify(
            request, stillOffered(round, state.challenge()), state, presented, round.evidence());
    confirmed(round, step);
    return step;
  }

  /** WEB_AUTHN. */
  AuthStep passkey(AuthRequest request, FlowState.PasskeyAsked state) {
    Parameters parameters = new Parameters(request.parameters());
    String credential = parameters.required("CREDENTIAL");
    ChoiceRound round = answering(request, parameters, state);
    return passkeys.verify(
        request,
        stillOffered(round, state.challenge()),
        state,
        round.passkeys(),
        credential,
        round.evidence());
  }

  /**
   * A user who has set up a second factor meanwhile has no such factor any more: nobody's session
   * never succeeds.
   */
  private static Subject stillOffered(ChoiceRound round, String challenge) {
    Subject subject = round.subject();
    return FirstFactor.named(challenge, round.available()).isPresent()
        ? subject
        : new Subject.Unknown(round.username(), subject.sub(), subject.lockedUntil());
  }

  /** A code that confirms an account is a confirmation like any other (triggers.md §2). */
  private void confirmed(ChoiceRound round, AuthStep step) {
    if (step instanceof AuthStep.Authenticated
        && round.subject() instanceof Subject.Known known
        && known.account().user().status() == UserStatus.UNCONFIRMED) {
      Pool pool = round.request().pool();
      User before = known.account().user();
      User user = before.withStatus(UserStatus.CONFIRMED, before.modified());
      triggers.postConfirmation(
          Triggers.Event.about(
              pool, round.request().client(), user, round.request().clientMetadata()),
          "PostConfirmation_ConfirmSignUp");
    }
  }

  private ChoiceRound answering(AuthRequest request, Parameters parameters, FlowState state) {
    Subject subject = sessionUser.subject(request, parameters, state);
    signIn.refuseLockedOut(subject);
    return round(
        request, parameters, subject, Evidence.answering(state, state.progress().from(parameters)));
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.CustomAuthTriggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.CustomFlowStore.Memory;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.Users;
import org.jspecify.annotations.Nullable;

/**
 * CUSTOM_AUTH (auth.md §9): the pool's functions decide what is asked and what is right. A name
 * that nobody has goes the same road, and they are told so; it never ends in tokens.
 */
final class CustomFlow {
  private static final String CHALLENGE = "CUSTOM_CHALLENGE";

  private final Database database;
  private final Users users;
  private final Sessions sessions;
  private final SessionUser sessionUser;
  private final CustomRounds rounds;
  private final CustomAuthTriggers functions;
  private final SignIn signIn;

  CustomFlow(
      Database database,
      Users users,
      Sessions sessions,
      SessionUser sessionUser,
      CustomRounds rounds,
      CustomAuthTriggers functions,
      SignIn signIn) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.sessionUser = sessionUser;
    this.rounds = rounds;
    this.functions = functions;
    this.signIn = signIn;
  }

  AuthStep begin(AuthRequest request) {
    // 1. parameters and the client's proof; SRP_A goes before where the client wants the password
    // first
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    @Nullable String srpA = null;
    if (parameters.optional("CHALLENGE_NAME").equals("SRP_A")
        || !parameters.optional("SRP_A").isEmpty()) {
      srpA = parameters.required("SRP_A");
      SrpChallenge.parse(srpA);
    }
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOutOfCodes(request, subject);
    switch (subject) {
      case Subject.Unknown unknown -> {
        signIn.refuseUnknown(request);
        signIn.preAuthentication(request, unknown);
      }
      case Subject.Known known -> {
        signIn.refuseBeforeCredential(request, known);
        signIn.preAuthentication(request, known);
      }
    }
    // 3. the functions' word
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters).ofCustomAuth();
    return signIn.custom(request, subject, Evidence.beginning(progress), Memory.beginning(srpA));
  }

  AuthStep answer(AuthRequest request, FlowState.CustomChallenge state) {
    // 1. parameters, the client's proof, whom the session belongs to, the lock-out
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    String answer = parameters.required("ANSWER");
    AuthEngine.checkSecretHash(request, parameters, username);
    Subject subject =
        sessionUser
            .find(request, state.sub(), state.userIdForSrp(), username)
            .orElseThrow(() -> Why.SESSION_INVALID.refusal());
    signIn.refuseLockedOutOfCodes(request, subject);
    // 2. right or wrong, by the function's word
    Memory memory = rounds.memory(request, state.progress());
    if (memory.rounds().size() != state.round()) {
      throw Why.SESSION_USED.refusal();
    }
    boolean right =
        functions.verifyAuthChallengeResponse(
            signIn.event(request, subject),
            memory.privateParameters(),
            answer,
            subject instanceof Subject.Unknown);
    // 3. what follows, by the function's word
    return signIn.custom(
        request,
        subject,
        Evidence.answering(state, state.progress().from(parameters)),
        memory.answered(CHALLENGE, right));
  }
}

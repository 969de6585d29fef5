package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.ServerEphemeral;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.Users;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * USER_SRP_AUTH (auth.md §4). First round: three statements to read, one power of g. Second: two or
 * three statements to read, two exponentiations, a transaction to write. A name that nobody has
 * goes the same road with a decoy.
 */
public final class SrpFlow {
  /** How far a client's TIMESTAMP may be from the server's clock. */
  private static final Duration TIMESTAMP_TOLERANCE = Duration.ofMinutes(5);

  private final Database database;
  private final Users users;
  private final SrpChallenge challenge;
  private final SessionUser sessionUser;
  private final Srp6a srp;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Clock clock;

  public SrpFlow(
      Database database,
      Users users,
      SrpChallenge challenge,
      SessionUser sessionUser,
      Srp6a srp,
      Sessions sessions,
      SignIn signIn,
      Clock clock) {
    this.database = database;
    this.users = users;
    this.challenge = challenge;
    this.sessionUser = sessionUser;
    this.srp = srp;
    this.sessions = sessions;
    this.signIn = signIn;
    this.clock = clock;
  }

  AuthStep begin(AuthRequest request) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    BigInteger clientPublic = SrpChallenge.parse(parameters.required("SRP_A"));
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOut(subject);
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
    // 3. the challenge
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters);
    return challenge.begin(request, subject, progress, clientPublic).step();
  }

  AuthStep answer(AuthRequest request, @Nullable String session) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    String secretBlock = parameters.required("PASSWORD_CLAIM_SECRET_BLOCK");
    String signature = parameters.required("PASSWORD_CLAIM_SIGNATURE");
    String timestamp = parameters.required("TIMESTAMP");
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. the state, from SECRET_BLOCK; a Session must belong to the same sign-in
    FlowState.PasswordVerifier state = state(request, secretBlock);
    if (session != null && !sessions.open(request, session).flowId().equals(state.flowId())) {
      throw Why.SESSION_INVALID.refusal();
    }
    // 3. the user, by any of its names, and the lock-out
    Subject subject =
        sessionUser
            .find(request, state.sub(), state.userIdForSrp(), username)
            .orElseGet(() -> new Subject.Unknown(username, state.sub(), Instant.EPOCH));
    signIn.refuseLockedOut(subject);
    // 4. the signature; both exponentiations are done whatever else is wrong
    SrpChallenge.Material material = challenge.material(request.pool(), subject);
    boolean right =
        srp.verify(
            new BigInteger(1, state.clientPublic()),
            ServerEphemeral.of(Secret.of(state.serverSecret()), state.serverPublic()),
            material.verifier(),
            new Srp6a.PasswordClaim(
                SrpIdentity.ofUser(request.pool().id(), state.userIdForSrp()),
                secretBlock,
                timestamp,
                signature));
    if (!(subject instanceof Subject.Known known)
        || !right
        || !isFresh(timestamp, clock.now())
        || known.account().credential() == null
        || !known.account().credential().hasVerifier()
        || !material.credentialSetAt().equals(state.credentialSetAt())) {
      throw signIn.failed(request, subject);
    }
    // 5. all that follows
    return signIn.passed(
        request,
        known,
        Evidence.answering(
            state, state.progress().fromAnewBy(parameters).with(Proof.PASSWORD_SRP)));
  }

  /** Whether a client's TIMESTAMP is near enough to the server's clock. */
  static boolean isFresh(String timestamp, Instant now) {
    return SrpTimestamp.parse(timestamp)
        .filter(time -> Duration.between(time, now).abs().compareTo(TIMESTAMP_TOLERANCE) <= 0)
        .isPresent();
  }

  /** A forged, foreign or stale block is a wrong password to the client (auth.md §4). */
  private FlowState.PasswordVerifier state(AuthRequest request, String secretBlock) {
    try {
      if (sessions.open(request, secretBlock) instanceof FlowState.PasswordVerifier state) {
        return state;
      }
    } catch (Refusal forgedOrStale) {
      throw Why.WRONG_CREDENTIALS.refusal();
    }
    throw Why.WRONG_CREDENTIALS.refusal();
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.ServerEphemeral;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Passwords passwords;
  private final Decoys decoys;
  private final Srp6a srp;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Triggers triggers;
  private final Clock clock;

  public SrpFlow(
      Database database,
      Users users,
      Passwords passwords,
      Decoys decoys,
      Srp6a srp,
      Sessions sessions,
      SignIn signIn,
      Triggers triggers,
      Clock clock) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.decoys = decoys;
    this.srp = srp;
    this.sessions = sessions;
    this.signIn = signIn;
    this.triggers = triggers;
    this.clock = clock;
  }

  /** What the challenge is made of: a user's own, or a decoy's. */
  private record Material(
      String userIdForSrp, byte[] salt, SrpVerifier verifier, Instant credentialSetAt) {}

  AuthStep begin(AuthRequest request) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    BigInteger clientPublic = clientPublic(parameters);
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOut(subject);
    switch (subject) {
      case Subject.Unknown ignored -> signIn.refuseUnknown(request);
      case Subject.Known known -> {
        signIn.refuseBeforeCredential(request, known);
        triggers.preAuthentication(signIn.event(request, known), request.metadata());
      }
    }
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters);
    return challenge(request, subject, username, clientPublic, progress, List.of());
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal PARAMETER_MISSING, SRP_A_INVALID
   */
  static BigInteger clientPublic(Parameters parameters) {
    return Srp6a.parseA(parameters.required("SRP_A"))
        .orElseThrow(() -> Why.SRP_A_INVALID.refusal());
  }

  /**
   * Asks for the proof of the password.
   *
   * @param clientPublic A
   * @param available what the user could have chosen as well
   */
  AuthStep challenge(
      AuthRequest request,
      Subject subject,
      String username,
      BigInteger clientPublic,
      Progress progress,
      List<String> available) {
    // 3. B = k·v + g^b
    Material material = material(request.pool(), subject, username);
    ServerEphemeral ephemeral = srp.newEphemeral(material.verifier());
    FlowState.PasswordVerifier state =
        new FlowState.PasswordVerifier(
            progress,
            subject.sub(),
            material.userIdForSrp(),
            clientPublic.toByteArray(),
            ephemeral.publicBytes(),
            ephemeral.b().bytes(),
            material.credentialSetAt(),
            clock.now().plus(request.client().sessionLife()));
    String sealed = sessions.seal(request, state);
    // 4. the challenge; clients that keep no Session answer with SECRET_BLOCK alone
    Map<String, String> challenge = new LinkedHashMap<>();
    challenge.put("SALT", Srp6a.saltHex(material.salt()));
    challenge.put("SECRET_BLOCK", sealed);
    challenge.put("SRP_B", ephemeral.hex());
    challenge.put("USERNAME", material.userIdForSrp());
    challenge.put("USER_ID_FOR_SRP", material.userIdForSrp());
    return new AuthStep.Challenge("PASSWORD_VERIFIER", challenge, sealed, available);
  }

  private Material material(Pool pool, Subject subject, String username) {
    if (subject instanceof Subject.Known known && known.account().credential() != null) {
      Credential credential = known.account().credential();
      return new Material(
          known.account().user().username(),
          credential.salt(),
          passwords.verifier(pool.id(), known.sub(), credential),
          credential.setAt());
    }
    // nobody, or a user without a password: a challenge that no answer fits
    String userId =
        subject instanceof Subject.Known known
            ? known.account().user().username()
            : decoys.userIdForSrp(pool, username);
    return new Material(
        userId,
        decoys.salt(pool, subject.sub()),
        decoys.verifier(pool, subject.sub()),
        Instant.EPOCH);
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
        database.read(handle -> {
          boolean own =
              username.equals(state.userIdForSrp())
                  || username.equals(state.sub())
                  || Users.sub(handle, request.pool(), username)
                      .orElseGet(() -> decoys.sub(request.pool(), username))
                      .equals(state.sub());
          return own
              ? users.subjectOf(handle, request.pool(), state.sub(), username)
              : new Subject.Unknown(username, state.sub(), Instant.EPOCH);
        });
    signIn.refuseLockedOut(subject);
    // 4. the signature; both exponentiations are done whatever else is wrong
    Material material = material(request.pool(), subject, username);
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
    boolean fresh =
        SrpTimestamp.parse(timestamp)
            .filter(time ->
                Duration.between(time, clock.now()).abs().compareTo(TIMESTAMP_TOLERANCE) <= 0)
            .isPresent();
    if (!(subject instanceof Subject.Known known)
        || !right
        || !fresh
        || known.account().credential() == null
        || !material.credentialSetAt().equals(state.credentialSetAt())) {
      throw signIn.failed(request, subject);
    }
    // 5. all that follows
    return signIn.passed(
        request,
        known,
        Evidence.answering(state, state.progress().from(parameters).with(Proof.PASSWORD_SRP)));
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

package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.ServerEphemeral;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.pool.Pool;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes PASSWORD_VERIFIER, a user's or a decoy's (auth.md §4): one power of g. */
final class SrpChallenge {
  private final Passwords passwords;
  private final Decoys decoys;
  private final Srp6a srp;
  private final Sessions sessions;
  private final Clock clock;

  SrpChallenge(Passwords passwords, Decoys decoys, Srp6a srp, Sessions sessions, Clock clock) {
    this.passwords = passwords;
    this.decoys = decoys;
    this.srp = srp;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** What the challenge is made of: a user's own, or a decoy's. */
  record Material(
      String userIdForSrp, byte[] salt, SrpVerifier verifier, Instant credentialSetAt) {}

  /** The challenge, and the state that stands in its SECRET_BLOCK. */
  record Begun(FlowState.PasswordVerifier state, AuthStep step) {}

  /**
   * @throws dev.gatehouse.kernel.Refusal SRP_A_INVALID
   */
  static BigInteger parse(String srpA) {
    return Srp6a.parseA(srpA).orElseThrow(() -> Why.SRP_A_INVALID.refusal());
  }

  Begun begin(AuthRequest request, Subject subject, Progress progress, BigInteger clientPublic) {
    return begin(request, subject, progress, clientPublic, List.of());
  }

  /**
   * @param available what the user could have chosen as well
   */
  Begun begin(
      AuthRequest request,
      Subject subject,
      Progress progress,
      BigInteger clientPublic,
      List<String> available) {
    // 1. B = k·v + g^b
    Material material = material(request.pool(), subject);
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
    // 2. the challenge; clients that keep no Session answer with SECRET_BLOCK alone
    Map<String, String> challenge = new LinkedHashMap<>();
    challenge.put("SALT", Srp6a.saltHex(material.salt()));
    challenge.put("SECRET_BLOCK", sealed);
    challenge.put("SRP_B", ephemeral.hex());
    challenge.put("USERNAME", material.userIdForSrp());
    challenge.put("USER_ID_FOR_SRP", material.userIdForSrp());
    return new Begun(
        state, new AuthStep.Challenge("PASSWORD_VERIFIER", challenge, sealed, available));
  }

  Material material(Pool pool, Subject subject) {
    String userId = userIdForSrp(pool, subject);
    Credential credential =
        subject instanceof Subject.Known known ? known.account().credential() : null;
    if (credential != null && credential.hasVerifier()) {
      return new Material(
          userId,
          credential.salt(),
          passwords.verifier(pool.id(), subject.sub(), credential),
          credential.setAt());
    }
    // nobody, a user without a password, or one whose imported hash has no verifier yet: a
    // challenge that no answer fits
    return new Material(
        userId,
        decoys.salt(pool, subject.sub()),
        decoys.verifier(pool, subject.sub()),
        Instant.EPOCH);
  }

  /** The stored username, or what stands in its place for a name that nobody has. */
  String userIdForSrp(Pool pool, Subject subject) {
    return switch (subject) {
      case Subject.Known known -> known.account().user().username();
      case Subject.Unknown unknown -> decoys.userIdForSrp(pool, unknown.name());
    };
  }
}

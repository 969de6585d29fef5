package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.passkey.Passkey;
import dev.gatehouse.userpool.passkey.PasskeyOptions;
import dev.gatehouse.userpool.passkey.PasskeyOptions.Known;
import dev.gatehouse.userpool.passkey.PasskeyStore;
import dev.gatehouse.userpool.passkey.PasskeyVerifier;
import dev.gatehouse.userpool.passkey.PasskeyVerifier.Asserted;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.RelyingParty;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WEB_AUTHN (auth.md §8). Nobody's request names a passkey that does not exist, the same each time.
 * Wrong answers are not counted: a signature is not guessed, and whoever may make others fail could
 * lock them out.
 */
final class PasskeyFactor {
  private static final int CHALLENGE_BYTES = 32;
  private static final int DECOY_ID_BYTES = 16;

  private final NextChallenge next;
  private final SignIn signIn;
  private final PasskeyVerifier verifier;
  private final Decoys decoys;
  private final Ids ids;

  PasskeyFactor(
      NextChallenge next, SignIn signIn, PasskeyVerifier verifier, Decoys decoys, Ids ids) {
    this.next = next;
    this.signIn = signIn;
    this.verifier = verifier;
    this.decoys = decoys;
    this.ids = ids;
  }

  AuthStep ask(ChoiceRound round) {
    AuthRequest request = round.request();
    RelyingParty party = party(request.pool());
    byte[] challenge = ids.bytes(CHALLENGE_BYTES);
    List<Known> allowed =
        round.subject() instanceof Subject.Known
            ? round.passkeys().stream().map(Known::of).toList()
            : List.of(decoy(request.pool(), round.username()));
    return next.offer(
        request,
        round.evidence(),
        new FlowState.PasskeyAsked(
            round.evidence().progress(), round.subject().sub(), challenge, next.expires(request)),
        Map.of("CREDENTIAL_REQUEST_OPTIONS", PasskeyOptions.request(party, challenge, allowed)),
        FirstFactor.names(round.available()));
  }

  private Known decoy(Pool pool, String username) {
    byte[] id = Arrays.copyOf(decoys.draw(pool, "decoy-passkey", username), DECOY_ID_BYTES);
    return new Known(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id), List.of("internal", "hybrid"));
  }

  /**
   * Judges the answer.
   *
   * @param passkeys of the user whom the session belongs to
   * @param evidence without the passkey
   */
  AuthStep verify(
      AuthRequest request,
      Subject subject,
      FlowState.PasskeyAsked state,
      List<Passkey> passkeys,
      String credential,
      Evidence evidence) {
    Optional<Asserted> asserted =
        verifier.verify(
            credential,
            party(request.pool()),
            state.webAuthnChallenge(),
            subject instanceof Subject.Known ? passkeys : List.of());
    if (asserted.isEmpty() || !(subject instanceof Subject.Known known)) {
      throw Why.PASSKEY_REFUSED.refusal();
    }
    Passkey passkey = asserted.get().passkey();
    long counter = asserted.get().counter();
    Evidence shown = evidence.with(passkey.synced() ? Proof.PASSKEY : Proof.DEVICE_BOUND_PASSKEY);
    if (asserted.get().userVerified()) {
      shown = shown.with(Proof.USER_VERIFICATION);
    }
    return signIn.passed(
        request,
        known,
        shown.along(handle -> {
          if (!PasskeyStore.used(handle, passkey, counter)) {
            throw Why.PASSKEY_REFUSED.refusal();
          }
        }));
  }

  /** Gone only if the pool's setting was taken back while the sign-in was under way. */
  private static RelyingParty party(Pool pool) {
    return pool.relyingParty().orElseThrow(() -> Why.PASSKEY_REFUSED.refusal());
  }
}

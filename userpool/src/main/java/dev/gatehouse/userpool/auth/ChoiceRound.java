package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.passkey.Passkey;
import java.util.List;

/**
 * One round of a sign-in by choice: who, what was shown, what may be chosen.
 *
 * @param username as it was typed
 * @param evidence before anything of this round is judged
 * @param available the first factors that the subject may choose from
 * @param passkeys the subject's, for the pool's relying party
 */
record ChoiceRound(
    AuthRequest request,
    Parameters parameters,
    Subject subject,
    String username,
    Evidence evidence,
    List<FirstFactor> available,
    List<Passkey> passkeys) {
  /** With this evidence; where it goes for a level, with the factors alone that lead there. */
  ChoiceRound towards(Evidence next) {
    Progress progress = next.progress();
    List<FirstFactor> leading =
        progress.target() == 0
            ? available
            : StepUp.leading(
                request.pool(), subject, progress.proofs(), progress.target(), available);
    return new ChoiceRound(request, parameters, subject, username, next, leading, passkeys);
  }

  @Override
  public String toString() {
    return "ChoiceRound[" + request + "]";
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.directory.Subject;
import java.util.List;

/**
 * One round of a sign-in by choice: who, what was shown, what may be chosen.
 *
 * @param username as it was typed
 * @param evidence before anything of this round is judged
 * @param available the first factors that the subject may choose from
 */
record ChoiceRound(
    AuthRequest request,
    Parameters parameters,
    Subject subject,
    String username,
    Evidence evidence,
    List<FirstFactor> available) {
  @Override
  public String toString() {
    return "ChoiceRound[" + request + "]";
  }
}

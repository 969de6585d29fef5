package dev.gatehouse.userpool;

import dev.gatehouse.userpool.Triggers.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three functions that lead a CUSTOM_AUTH sign-in (triggers.md §3). */
public interface CustomAuthTriggers {
  /**
   * A round as the functions see it.
   *
   * @param challengeMetadata what CreateAuthChallenge said of it; null for rounds of ours
   */
  record Round(String challengeName, boolean challengeResult, @Nullable String challengeMetadata) {}

  /**
   * What DefineAuthChallenge decides. When both flags are set, failing counts.
   *
   * @param challengeName the next challenge; null where a flag is set
   */
  record Decision(
      @Nullable String challengeName, boolean issueTokens, boolean failAuthentication) {}

  /**
   * What CreateAuthChallenge makes.
   *
   * @param privateParameters never leave the server but to VerifyAuthChallengeResponse
   */
  record NewChallenge(
      Map<String, String> publicParameters,
      Map<String, String> privateParameters,
      @Nullable String challengeMetadata) {}

  /**
   * @param rounds oldest first
   * @param userNotFound whether the name is nobody's
   * @throws dev.gatehouse.kernel.Refusal CUSTOM_AUTH_NOT_CONFIGURED where the pool has no such
   *     function
   */
  Decision defineAuthChallenge(Event event, List<Round> rounds, boolean userNotFound);

  /**
   * @throws dev.gatehouse.kernel.Refusal CUSTOM_AUTH_NOT_CONFIGURED
   */
  NewChallenge createAuthChallenge(
      Event event, String challengeName, List<Round> rounds, boolean userNotFound);

  /**
   * @return {@code answerCorrect}
   * @throws dev.gatehouse.kernel.Refusal CUSTOM_AUTH_NOT_CONFIGURED
   */
  boolean verifyAuthChallengeResponse(
      Event event, Map<String, String> privateParameters, String answer, boolean userNotFound);
}

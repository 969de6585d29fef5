package dev.gatehouse.userpool;

import dev.gatehouse.userpool.Triggers.Event;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.List;
import java.util.Map;

/** {@link CustomAuthTriggers} of a server that reaches no functions. */
public final class UnservedCustomAuth implements CustomAuthTriggers {
  @Override
  public Decision defineAuthChallenge(Event event, List<Round> rounds, boolean userNotFound) {
    throw Why.CUSTOM_AUTH_NOT_CONFIGURED.refusal();
  }

  @Override
  public NewChallenge createAuthChallenge(
      Event event, String challengeName, List<Round> rounds, boolean userNotFound) {
    throw Why.CUSTOM_AUTH_NOT_CONFIGURED.refusal();
  }

  @Override
  public boolean verifyAuthChallengeResponse(
      Event event, Map<String, String> privateParameters, String answer, boolean userNotFound) {
    throw Why.CUSTOM_AUTH_NOT_CONFIGURED.refusal();
  }
}

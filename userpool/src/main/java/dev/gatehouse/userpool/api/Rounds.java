package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.auth.AuthStep;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the four sign-in operations share. */
final class Rounds {
  private Rounds() {}

  static AuthRequest of(
      Pool pool,
      AppClient client,
      AuthRequest.Kind kind,
      String operation,
      @Nullable Map<String, String> parameters,
      @Nullable Map<String, String> metadata,
      RequestContext context) {
    return new AuthRequest(
        pool,
        client,
        kind,
        operation,
        parameters == null ? Map.of() : parameters,
        context.clientAddress(),
        context.userAgent(),
        ClientMetadata.of(metadata));
  }

  /** How a round ends, in the shapes that the four operations answer alike. */
  record Answer(
      @Nullable ChallengeNameType challengeName,
      Map<String, String> challengeParameters,
      @Nullable String session,
      @Nullable AuthenticationResultType authenticationResult,
      @Nullable List<ChallengeNameType> availableChallenges) {}

  /**
   * @throws Refusal for a step that was refused
   */
  static Answer answer(AuthStep step) {
    return switch (step) {
      case AuthStep.Challenge challenge ->
          new Answer(
              new ChallengeNameType(challenge.name()),
              challenge.parameters(),
              challenge.session(),
              null,
              challenge.available().isEmpty()
                  ? null
                  : challenge.available().stream().map(ChallengeNameType::new).toList());
      case AuthStep.Authenticated authenticated ->
          new Answer(
              null,
              Map.of(),
              null,
              Answers.tokens(authenticated.tokens()).toBuilder()
                  .newDeviceMetadata(Answers.newDevice(authenticated.newDevice()))
                  .build(),
              null);
      case AuthStep.Refused refused -> throw new Refusal(refused.reason());
    };
  }
}

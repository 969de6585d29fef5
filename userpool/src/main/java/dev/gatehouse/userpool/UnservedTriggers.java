package dev.gatehouse.userpool;

import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link Triggers} of a server that reaches no functions: passes where a pool has none configured,
 * refuses where it has one. The engine's first check, {@link UnsupportedSettings}, has refused
 * before; this is the second lock.
 */
public final class UnservedTriggers implements Triggers {
  @Override
  public PreSignUpReply preSignUp(
      Event event, String triggerSource, Map<String, String> validationData) {
    refuse(event, "PreSignUp", LambdaConfigType::preSignUp);
    return PreSignUpReply.NOTHING;
  }

  @Override
  public void postConfirmation(Event event, String triggerSource) {
    refuse(event, "PostConfirmation", LambdaConfigType::postConfirmation);
  }

  @Override
  public void preAuthentication(Event event, Map<String, String> validationData) {
    refuse(event, "PreAuthentication", LambdaConfigType::preAuthentication);
  }

  @Override
  public void postAuthentication(Event event) {
    refuse(event, "PostAuthentication", LambdaConfigType::postAuthentication);
  }

  @Override
  public void preTokenGeneration(Event event, String triggerSource) {
    refuse(event, "PreTokenGeneration", LambdaConfigType::preTokenGeneration);
    refuse(event, "PreTokenGeneration", LambdaConfigType::preTokenGenerationConfig);
  }

  @Override
  public void customMessage(Event event, String triggerSource) {
    refuse(event, "CustomMessage", LambdaConfigType::customMessage);
  }

  @Override
  public void userMigration(Event event, String triggerSource) {
    refuse(event, "UserMigration", LambdaConfigType::userMigration);
  }

  private static void refuse(
      Event event, String trigger, Function<LambdaConfigType, @Nullable Object> configured) {
    LambdaConfigType lambda = event.pool().settings().lambdaConfig();
    if (lambda != null && configured.apply(lambda) != null) {
      throw Why.UNEXPECTED_LAMBDA.refusal(trigger);
    }
  }
}

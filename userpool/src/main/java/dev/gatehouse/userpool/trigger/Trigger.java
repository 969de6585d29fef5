package dev.gatehouse.userpool.trigger;

import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The triggers that a pool may have a function for, under the names that errors tell. */
@SuppressWarnings("ImmutableEnumChecker") // references to methods
enum Trigger {
  PRE_SIGN_UP("PreSignUp", LambdaConfigType::preSignUp),
  POST_CONFIRMATION("PostConfirmation", LambdaConfigType::postConfirmation),
  PRE_AUTHENTICATION("PreAuthentication", LambdaConfigType::preAuthentication),
  POST_AUTHENTICATION("PostAuthentication", LambdaConfigType::postAuthentication),
  DEFINE_AUTH_CHALLENGE("DefineAuthChallenge", LambdaConfigType::defineAuthChallenge),
  CREATE_AUTH_CHALLENGE("CreateAuthChallenge", LambdaConfigType::createAuthChallenge),
  VERIFY_AUTH_CHALLENGE_RESPONSE(
      "VerifyAuthChallengeResponse", LambdaConfigType::verifyAuthChallengeResponse),
  PRE_TOKEN_GENERATION(
      "PreTokenGeneration",
      config ->
          config.preTokenGenerationConfig() == null
              ? config.preTokenGeneration()
              : config.preTokenGenerationConfig().lambdaArn()),
  USER_MIGRATION("UserMigration", LambdaConfigType::userMigration),
  CUSTOM_MESSAGE("CustomMessage", LambdaConfigType::customMessage),
  CUSTOM_EMAIL_SENDER(
      "CustomEmailSender",
      config -> config.customEmailSender() == null ? null : config.customEmailSender().lambdaArn()),
  CUSTOM_SMS_SENDER(
      "CustomSMSSender",
      config -> config.customSMSSender() == null ? null : config.customSMSSender().lambdaArn());

  private final String label;
  private final Function<LambdaConfigType, @Nullable String> arn;

  Trigger(String label, Function<LambdaConfigType, @Nullable String> arn) {
    this.label = label;
    this.arn = arn;
  }

  String label() {
    return label;
  }

  /** The pool's function for it. */
  Optional<String> of(Pool pool) {
    LambdaConfigType config = pool.settings().lambdaConfig();
    return config == null ? Optional.empty() : Optional.ofNullable(arn.apply(config));
  }
}

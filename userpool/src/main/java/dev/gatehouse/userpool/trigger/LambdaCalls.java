package dev.gatehouse.userpool.trigger;

import dev.gatehouse.triggers.Functions;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a function and waits for it: five seconds, three times (triggers.md §1). */
final class LambdaCalls {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaCalls.class);
  private static final int ATTEMPTS = 3;
  private static final String NO_ANSWER = "Socket timeout while invoking Lambda function.";

  private final Functions functions;
  private final Duration patience;

  LambdaCalls(Functions functions, Duration patience) {
    this.functions = functions;
    this.patience = patience;
  }

  /**
   * What the function answers. Only a call that was not answered in time is repeated.
   *
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_FAILED, UNEXPECTED_LAMBDA,
   *     LAMBDA_OUTPUT_UNRECOGNIZABLE, LAMBDA_OUTPUT_INVALID
   */
  LambdaReply call(Trigger trigger, String function, LambdaEvent event) {
    byte[] payload = event.json();
    for (int i = 0; i < ATTEMPTS; i++) {
      switch (functions.invoke(function, payload, patience)) {
        case Answer.Replied(byte[] answer) -> {
          return LambdaReply.of(answer);
        }
        case Answer.FunctionError(String type, String message) -> {
          LOG.info("{} of pool {} failed: {}", trigger.label(), pool(event), type);
          throw Why.LAMBDA_FAILED.refusal(trigger.label(), message);
        }
        case Answer.Refused(String code) -> {
          LOG.warn("{} of pool {} was not called: {}", trigger.label(), pool(event), code);
          throw Why.UNEXPECTED_LAMBDA.refusal(trigger.label(), code + ".");
        }
        case Answer.TimedOut() ->
            LOG.warn("{} of pool {} did not answer in time", trigger.label(), pool(event));
      }
    }
    throw Why.UNEXPECTED_LAMBDA.refusal(trigger.label(), NO_ANSWER);
  }

  private static String pool(LambdaEvent event) {
    return event.about().pool().id();
  }
}

package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.userpool.auth.AuthRequest;
import dev.gatehouse.userpool.auth.AuthStep;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
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
        metadata == null ? Map.of() : metadata);
  }

  static Refusal refused(AuthStep.Refused refused) {
    return new Refusal(refused.reason());
  }
}

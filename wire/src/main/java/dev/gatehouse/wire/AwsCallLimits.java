package dev.gatehouse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.http.KeyedLimit;
import dev.gatehouse.http.KeyedLimit.Rate;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.OperationModel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Limits as Cognito's own ({@code limits: aws}): a rate for each category and region, ten reads and
 * ten writes a second for each user, five calls a second for one operation on a pool's resources.
 */
public final class AwsCallLimits implements CallLimits {
  private static final Rate USER = new Rate(10, 10);
  private static final Rate POOL = new Rate(5, 5);

  private final KeyedLimit limit;

  public AwsCallLimits(KeyedLimit limit) {
    this.limit = limit;
  }

  @Override
  public boolean admits(OperationModel<?, ?> operation, RequestContext context) {
    if (!isOfPools(operation)) {
      return true;
    }
    AwsRates rates = AwsRates.of(operation.name());
    return limit.take(
        "category " + rates + " " + context.region(),
        new Rate(rates.perSecond(), rates.perSecond()));
  }

  @Override
  public boolean admitsInput(OperationModel<?, ?> operation, Object input, RequestContext context) {
    if (!isOfPools(operation)) {
      return true;
    }
    AwsRates.Kind kind = AwsRates.of(operation.name()).kind();
    return switch (kind) {
      case POOL ->
          Members.poolId(input)
              .map(pool -> limit.take("pool " + operation.name() + " " + pool, POOL))
              .orElse(true);
      case READ, WRITE -> user(input).map(user -> limit.take(kind + " " + user, USER)).orElse(true);
    };
  }

  private static boolean isOfPools(OperationModel<?, ?> operation) {
    return operation.service().equals("cognito-idp");
  }

  /** Whom the call concerns, as far as the request tells; a token by its hash. */
  private static Optional<String> user(Object input) {
    return Members.text(input, "accessToken")
        .map(AwsCallLimits::hash)
        .or(() ->
            Members.text(input, "username")
                .map(name ->
                    Members.poolId(input).or(() -> Members.text(input, "clientId")).orElse("")
                        + " "
                        + name));
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

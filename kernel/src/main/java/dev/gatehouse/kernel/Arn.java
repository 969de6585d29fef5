package dev.gatehouse.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Amazon resource name: {@code arn:partition:service:region:account:resource}.
 *
 * @param resource everything after the fifth colon, which may hold colons itself
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {
  private static final Pattern PARTITION = Pattern.compile("aws[a-z-]*");

  /** The ARN of a user pool; its region is the prefix of the pool id. */
  public static Arn ofUserPool(String account, String poolId) {
    return new Arn("aws", "cognito-idp", Region.ofPool(poolId), account, "userpool/" + poolId);
  }

  /** Empty when the text is not an ARN. */
  public static Optional<Arn> parse(String text) {
    String[] parts = text.split(":", 6);
    if (parts.length != 6
        || !parts[0].equals("arn")
        || !PARTITION.matcher(parts[1]).matches()
        || parts[2].isEmpty()
        || parts[5].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}

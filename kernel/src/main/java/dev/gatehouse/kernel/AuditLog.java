package dev.gatehouse.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Port: what administrators did. One line for each signed call, refused signature and key or
 * configuration change.
 */
public interface AuditLog {
  /** Writes the entry; called after the commit of what it tells about. */
  void record(Entry entry);

  /**
   * One audit line. No attribute values, no secrets.
   *
   * @param operation the API operation, or a word of our own such as {@code keys.rotate-master}
   * @param poolId the pool concerned, if any
   * @param sub the user concerned, if any
   * @param outcome {@code ok} or the error type answered
   */
  record Entry(
      String requestId,
      String callerArn,
      String accessKeyId,
      String clientAddress,
      String operation,
      @Nullable String poolId,
      @Nullable String sub,
      String outcome) {}

  /** Keeps nothing; for tests of parts that do not audit. */
  static AuditLog none() {
    return entry -> {};
  }
}

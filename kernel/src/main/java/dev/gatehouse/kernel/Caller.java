package dev.gatehouse.kernel;

/** Who made a request, as far as its signature tells. */
public sealed interface Caller {
  /**
   * No signature, or one on an operation that needs none: the proof, if any, is in the request's
   * body.
   */
  record Unsigned() implements Caller {}

  /**
   * A request whose SigV4 signature was verified.
   *
   * @param arn the principal, e.g. {@code arn:aws:iam::000000000000:root}
   * @param userId the principal's unique id as GetCallerIdentity answers it
   * @param accessKeyId the key that signed
   */
  record Signed(String arn, String userId, String accessKeyId) implements Caller {}
}

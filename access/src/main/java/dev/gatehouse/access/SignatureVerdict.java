package dev.gatehouse.access;

import dev.gatehouse.kernel.Caller;

/** What became of a request's signature. */
public sealed interface SignatureVerdict {
  /**
   * The signature is good.
   *
   * @param region of the credential scope
   */
  record Verified(Caller.Signed caller, String region) implements SignatureVerdict {}

  /**
   * The signature is missing or not good.
   *
   * @param detail what to tell the caller beside the reason's own text; no secret
   * @param accessKeyId the key that the request names, {@code ""} when it names none
   */
  record Refused(Reason reason, String detail, String accessKeyId) implements SignatureVerdict {}

  /** Why a signature is refused. Each protocol has its own error for each. */
  enum Reason {
    /** No Authorization header. */
    MISSING,
    /** The header lacks a part, or does not sign what has to be signed. */
    INCOMPLETE,
    /** No such key, or an inactive one. */
    UNKNOWN_KEY,
    /** Signature, body hash, service or region do not fit. */
    MISMATCH,
    /** Signed too long ago, or ahead of the clock. */
    EXPIRED,
    /** A form of signature that is not accepted here. */
    UNSUPPORTED
  }
}

package dev.gatehouse.crypto;

/**
 * The machine hashes as many passwords as it can and enough callers wait already. The edges answer
 * TooManyRequestsException; the caller may come again.
 */
public final class HashQueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: thrown most when there is least time for one. */
  HashQueueFullException() {
    super("too many password hashes are waiting", null, false, false);
  }
}

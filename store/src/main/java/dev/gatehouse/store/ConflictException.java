package dev.gatehouse.store;

/** Other transactions were in the way (SQLSTATE class 40) at every attempt; nothing was stored. */
public final class ConflictException extends StoreException {
  private static final long serialVersionUID = 1L;

  ConflictException(String detail, Throwable cause) {
    super(detail, cause);
  }
}

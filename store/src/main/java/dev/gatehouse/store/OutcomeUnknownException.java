package dev.gatehouse.store;

/** The commit may or may not have taken place, and it could not be found out which. */
public final class OutcomeUnknownException extends StoreException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(String detail, Throwable cause) {
    super(detail, cause);
  }
}

package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * The database could not do what it was asked to, through no fault of the caller. The message is
 * for the log only.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String detail) {
    this(detail, null);
  }

  public StoreException(String detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}

package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * The server must not start on this data: wrong key, folder in use, newer schema, unsuitable file
 * system. The message is written for the operator and says what to do; it needs no stack trace.
 */
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartRefusedException(String message) {
    this(message, null);
  }

  public StartRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

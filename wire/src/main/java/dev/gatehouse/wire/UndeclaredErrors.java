package dev.gatehouse.wire;

/** What becomes of an error type that the operation's model does not declare. */
public enum UndeclaredErrors {
  /** Logged, counted, and answered as an internal error: a typed SDK could not read it. */
  REPORT,
  /** Thrown, so that the test that meets it fails. */
  THROW
}

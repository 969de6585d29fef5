package dev.gatehouse.triggers;

import java.time.Duration;

/** Functions that can be invoked. */
public interface Functions {
  /** The longest payload and the longest answer, in bytes (gateway.md §7). */
  int MOST_BYTES = 6 * 1024 * 1024;

  /**
   * Invokes a function and waits for its answer. Nothing is tried again.
   *
   * @param function a function's name or ARN, with or without a qualifier
   * @param payload JSON
   * @param timeout how long the caller waits, a cold start included
   */
  Answer invoke(String function, byte[] payload, Duration timeout);

  /** What became of an invocation. */
  sealed interface Answer {
    /** The function answered; what it is worth is the caller's to judge. */
    record Replied(byte[] payload) implements Answer {}

    /**
     * The function was reached and failed: it raised an error, crashed, or exceeded its own time.
     *
     * @param type e.g. {@code Error}, {@code Runtime.ExitError}, {@code Sandbox.Timedout}
     * @param message what it said of the error
     */
    record FunctionError(String type, String message) implements Answer {}

    /**
     * The function was not invoked.
     *
     * @param code Lambda's, e.g. {@code ResourceNotFoundException}, {@code AccessDeniedException}
     */
    record Refused(String code) implements Answer {}

    /** Nothing came within the caller's time. */
    record TimedOut() implements Answer {}
  }
}

package dev.gatehouse.userpool.auth;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a round has shown, and what must be written together with what follows from it.
 *
 * @param answered the outstanding step that was answered; null when the flow began with this round,
 *     or when the step has been used up already
 * @param progress with what this round has shown
 * @param along written with what follows
 */
record Evidence(@Nullable FlowState answered, Progress progress, Along along) {
  /** A part of a write; refuses, and so rolls it back, when what it relies on has changed. */
  @FunctionalInterface
  interface Along {
    void write(Handle handle);
  }

  private static final Along NOTHING = handle -> {};

  static Evidence beginning(Progress progress) {
    return new Evidence(null, progress, NOTHING);
  }

  static Evidence answering(FlowState state, Progress progress) {
    return new Evidence(state, progress, NOTHING);
  }

  /** With one part more that is written along. */
  Evidence andAlong(Along more) {
    return new Evidence(
        answered,
        progress,
        handle -> {
          along.write(handle);
          more.write(handle);
        });
  }

  Evidence along(Along more) {
    return new Evidence(answered, progress, more);
  }

  Evidence with(Proof proof) {
    return new Evidence(answered, progress.with(proof), along);
  }

  /** Whether there is anything to write. */
  boolean writes() {
    return answered != null || !along.equals(NOTHING);
  }
}

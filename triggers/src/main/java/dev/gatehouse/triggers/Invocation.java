package dev.gatehouse.triggers;

import dev.gatehouse.triggers.Functions.Answer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a local function, on its way through a process.
 *
 * @param id what the process names it by; nobody can guess it
 * @param deadline when the process will be killed
 */
record Invocation(
    String id,
    String function,
    byte[] payload,
    Instant deadline,
    CompletableFuture<Answer> answer,
    CompletableFuture<Void> taken) {
  Invocation(String id, String function, byte[] payload, Instant deadline) {
    this(id, function, payload, deadline, new CompletableFuture<>(), new CompletableFuture<>());
  }

  /** Whether the process has it. */
  boolean isTaken() {
    return taken.isDone();
  }
}

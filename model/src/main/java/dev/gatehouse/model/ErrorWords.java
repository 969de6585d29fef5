package dev.gatehouse.model;

import dev.gatehouse.kernel.Reason;

/** Turns refusals, which have no text, into errors that the operation declares. */
public interface ErrorWords {
  ApiError words(Reason reason, OperationModel<?, ?> operation);
}

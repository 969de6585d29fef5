package dev.gatehouse.model;

import dev.gatehouse.kernel.Reason;

/** Turns a capability's reasons into the vendor's exception types and texts. */
@FunctionalInterface
public interface ErrorWords {
  ApiError words(Reason reason, OperationModel<?, ?> operation);
}

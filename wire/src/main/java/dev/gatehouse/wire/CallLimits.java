package dev.gatehouse.wire;

import dev.gatehouse.http.AddressLimit;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.OperationModel;

/** How often operations may be called. What is not admitted is answered with "Rate exceeded". */
public interface CallLimits {
  /** Asked before the body is decoded. */
  boolean admits(OperationModel<?, ?> operation, RequestContext context);

  /** Asked with the input, before the operation runs. */
  default boolean admitsInput(
      OperationModel<?, ?> operation, Object input, RequestContext context) {
    return true;
  }

  /**
   * Asked when a signature is refused; takes nothing from those who sign well. What is not admitted
   * gets "Rate exceeded" in place of the reason.
   */
  default boolean admitsRefusal(RequestContext context) {
    return true;
  }

  /** Asked before a large body of an unsigned call is read; takes nothing. */
  default boolean isSpent(String clientAddress) {
    return false;
  }

  static CallLimits none() {
    return (operation, context) -> true;
  }

  /** Unsigned calls by address, those with a signature that is refused too; signed ones freely. */
  static CallLimits unsigned(AddressLimit limit) {
    return new CallLimits() {
      @Override
      public boolean admits(OperationModel<?, ?> operation, RequestContext context) {
        return switch (context.caller()) {
          case Caller.Signed signed -> true;
          case Caller.Unsigned unsigned -> limit.take(context.clientAddress());
        };
      }

      @Override
      public boolean admitsRefusal(RequestContext context) {
        return limit.take(context.clientAddress());
      }

      @Override
      public boolean isSpent(String clientAddress) {
        return limit.isSpent(clientAddress);
      }
    };
  }

  /** Admits what both admit. */
  default CallLimits and(CallLimits other) {
    CallLimits first = this;
    return new CallLimits() {
      @Override
      public boolean admits(OperationModel<?, ?> operation, RequestContext context) {
        return first.admits(operation, context) && other.admits(operation, context);
      }

      @Override
      public boolean admitsInput(
          OperationModel<?, ?> operation, Object input, RequestContext context) {
        return first.admitsInput(operation, input, context)
            && other.admitsInput(operation, input, context);
      }

      @Override
      public boolean admitsRefusal(RequestContext context) {
        return first.admitsRefusal(context) && other.admitsRefusal(context);
      }

      @Override
      public boolean isSpent(String clientAddress) {
        return first.isSpent(clientAddress) || other.isSpent(clientAddress);
      }
    };
  }
}

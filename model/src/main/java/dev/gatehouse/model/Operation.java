package dev.gatehouse.model;

import dev.gatehouse.kernel.RequestContext;

/**
 * The handler of one operation. Called with a validated request of an authorised caller.
 *
 * @param <I> the request
 * @param <O> the answer, {@link NoAnswer} where the model has no output
 */
@FunctionalInterface
public interface Operation<I, O> {
  /**
   * Answers a request.
   *
   * @throws dev.gatehouse.kernel.Refusal when the request is refused for an expected reason
   */
  O handle(I request, RequestContext context);
}

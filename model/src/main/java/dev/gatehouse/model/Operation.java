package dev.gatehouse.model;

import dev.gatehouse.kernel.RequestContext;

/**
 * What answers an API operation.
 *
 * @param <I> the request's record
 * @param <O> the response's record
 */
@FunctionalInterface
public interface Operation<I, O> {
  /**
   * Answers a request that keeps the model's constraints.
   *
   * @throws dev.gatehouse.kernel.Refusal when it is refused
   */
  O handle(I request, RequestContext context);
}

package dev.gatehouse.http;

import java.util.Optional;

/** Refuses requests by their head alone, before the body is read. */
@FunctionalInterface
public interface RequestGuard {
  /**
   * The refusal, if there is one.
   *
   * @param head the request without its body
   */
  Optional<HttpAnswer> refuse(HttpRequest head);
}

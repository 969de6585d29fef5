package dev.gatehouse.userpool.broken;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;

/** An operation that nobody finds by its name. */
public final class ServesFromElsewhere implements Operation<String, String> {
  @Override
  public String handle(String request, RequestContext context) {
    return request;
  }
}

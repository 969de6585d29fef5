package dev.gatehouse.userpool.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's {@code ClientMetadata}, for the triggers. */
final class ClientMetadata {
  private ClientMetadata() {}

  /** Empty where the request has none. */
  static Map<String, String> of(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }
}

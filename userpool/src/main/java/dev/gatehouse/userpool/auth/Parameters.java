package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code AuthParameters} and {@code ChallengeResponses}. Keys that no step asks for are ignored
 * (auth.md §1).
 */
final class Parameters {
  private final Map<String, String> values;

  Parameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal PARAMETER_MISSING
   */
  String required(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw Why.PARAMETER_MISSING.refusal(name);
    }
    return value;
  }

  String optional(String name) {
    return values.getOrDefault(name, "");
  }

  /** The entries whose key begins with the prefix, without it. */
  Map<String, String> withPrefix(String prefix) {
    Map<String, String> result = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        result.put(key.substring(prefix.length()), value);
      }
    });
    return result;
  }

  @Override
  public String toString() {
    return "Parameters" + values.keySet();
  }
}

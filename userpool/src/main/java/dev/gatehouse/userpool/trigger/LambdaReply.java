package dev.gatehouse.userpool.trigger;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function answered: {@code response} of the event that it returned, or an object inside it.
 * What is not asked for is not looked at; what is missing or null has its default; a member of
 * another type makes the whole answer unusable (triggers.md §1).
 */
final class LambdaReply {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final @Nullable JsonNode members;

  private LambdaReply(@Nullable JsonNode members) {
    this.members = members;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_OUTPUT_UNRECOGNIZABLE when it is no JSON object,
   *     LAMBDA_OUTPUT_INVALID when its response is something else
   */
  static LambdaReply of(byte[] payload) {
    JsonNode root;
    try {
      root = JSON.readTree(payload);
    } catch (JacksonException noJson) {
      throw Why.LAMBDA_OUTPUT_UNRECOGNIZABLE.refusal();
    }
    if (!root.isObject()) {
      throw Why.LAMBDA_OUTPUT_UNRECOGNIZABLE.refusal();
    }
    return new LambdaReply(root).object("response").orElseGet(LambdaReply::none);
  }

  /** An answer that says nothing. */
  static LambdaReply none() {
    return new LambdaReply(null);
  }

  /** A member's value; null when it is missing or null. */
  private @Nullable JsonNode find(String name) {
    JsonNode found = members == null ? null : members.get(name);
    return found == null || found.isNull() ? null : found;
  }

  private static RuntimeException invalid() {
    return Why.LAMBDA_OUTPUT_INVALID.refusal("Invalid JSON");
  }

  /** Whether the member is there, be it null. */
  boolean has(String name) {
    return members != null && members.has(name);
  }

  Optional<LambdaReply> object(String name) {
    JsonNode found = find(name);
    if (found == null) {
      return Optional.empty();
    }
    if (!found.isObject()) {
      throw invalid();
    }
    return Optional.of(new LambdaReply(found));
  }

  boolean flag(String name) {
    JsonNode found = find(name);
    if (found == null) {
      return false;
    }
    if (!found.isBoolean()) {
      throw invalid();
    }
    return found.booleanValue();
  }

  @Nullable String text(String name) {
    JsonNode found = find(name);
    return found == null ? null : text(found);
  }

  private static String text(JsonNode value) {
    if (!value.isString()) {
      throw invalid();
    }
    return value.stringValue();
  }

  /** An array of strings; empty when it is missing. */
  List<String> list(String name) {
    JsonNode found = find(name);
    List<String> result = new ArrayList<>();
    if (found != null) {
      if (!found.isArray()) {
        throw invalid();
      }
      found.forEach(value -> result.add(text(value)));
    }
    return result;
  }

  /** An object whose members are strings; empty when it is missing. */
  Map<String, String> texts(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    object(name)
        .ifPresent(object ->
            object
                .members()
                .properties()
                .forEach(entry -> result.put(entry.getKey(), text(entry.getValue()))));
    return result;
  }

  /** The object as JSON text. */
  byte[] json() {
    return JSON.writeValueAsBytes(members());
  }

  private JsonNode members() {
    return members == null ? JSON.createObjectNode() : members;
  }
}

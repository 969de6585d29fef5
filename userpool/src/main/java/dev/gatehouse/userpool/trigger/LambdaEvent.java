package dev.gatehouse.userpool.trigger;

import dev.gatehouse.kernel.Region;
import dev.gatehouse.userpool.Triggers.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event on its way to a function: the members that all have, and a request and a response that
 * each trigger fills. Holds personal data and secrets, and is never printed.
 */
final class LambdaEvent {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

  private final Event about;
  private final ObjectNode root = JSON.createObjectNode();
  final ObjectNode request;
  final ObjectNode response;

  /**
   * @param version 1; 2 and 3 for the later forms of PreTokenGeneration
   */
  LambdaEvent(Event about, String version, String triggerSource) {
    this.about = about;
    root.put("version", version);
    root.put("region", Region.ofPool(about.pool().id()));
    root.put("userPoolId", about.pool().id());
    root.put("userName", about.username());
    root.putObject("callerContext")
        .put("awsSdkVersion", "aws-sdk-unknown-unknown")
        .put("clientId", about.client() == null ? NO_CLIENT : about.client().id());
    root.put("triggerSource", triggerSource);
    this.request = root.putObject("request");
    this.response = root.putObject("response");
  }

  static LambdaEvent of(Event about, String triggerSource) {
    return new LambdaEvent(about, "1", triggerSource);
  }

  /** With {@code userAttributes}. */
  LambdaEvent withAttributes() {
    putTexts(request, "userAttributes", about.attributes());
    return this;
  }

  /** With {@code clientMetadata}, where the caller gave any. */
  LambdaEvent withMetadata() {
    if (!about.metadata().isEmpty()) {
      putTexts(request, "clientMetadata", about.metadata());
    }
    return this;
  }

  /** With {@code validationData}, null where the caller gave none. */
  LambdaEvent withValidationData(Map<String, String> data) {
    if (data.isEmpty()) {
      request.putNull("validationData");
    } else {
      putTexts(request, "validationData", data);
    }
    return this;
  }

  /** With members of the response that have no value yet. */
  LambdaEvent awaiting(String... members) {
    for (String member : members) {
      response.putNull(member);
    }
    return this;
  }

  static void putTexts(ObjectNode to, String name, Map<String, String> texts) {
    ObjectNode object = to.putObject(name);
    texts.forEach(object::put);
  }

  static void putList(ObjectNode to, String name, List<String> texts) {
    ArrayNode array = to.putArray(name);
    texts.forEach(array::add);
  }

  static void putText(ObjectNode to, String name, @Nullable String text) {
    if (text == null) {
      to.putNull(name);
    } else {
      to.put(name, text);
    }
  }

  Event about() {
    return about;
  }

  byte[] json() {
    return JSON.writeValueAsBytes(root);
  }
}

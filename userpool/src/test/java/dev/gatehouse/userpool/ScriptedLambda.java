package dev.gatehouse.userpool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.triggers.Functions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Functions that do what the test says, and remember how they were called. */
final class ScriptedLambda implements Functions {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final String PREFIX = "arn:aws:lambda:eu-central-1:000000000000:function:";

  private final Map<String, Function<ObjectNode, Answer>> scripts = new HashMap<>();
  final List<ObjectNode> events = new CopyOnWriteArrayList<>();
  Duration patience = Duration.ZERO;

  /** The ARN of a function that returns every event as it came. */
  String passive(String name) {
    return answering(name, response -> {});
  }

  /** The ARN of a function that fills the response. */
  String answering(String name, Consumer<ObjectNode> fill) {
    return doing(
        name,
        event -> {
          fill.accept((ObjectNode) event.get("response"));
          return new Answer.Replied(JSON.writeValueAsBytes(event));
        });
  }

  /** The ARN of a function that raises an error. */
  String raising(String name, String message) {
    return doing(name, event -> new Answer.FunctionError("Error", message));
  }

  /** The ARN of a function that answers this text, whatever it is. */
  String saying(String name, String json) {
    return doing(name, event -> new Answer.Replied(json.getBytes(UTF_8)));
  }

  String doing(String name, Function<ObjectNode, Answer> script) {
    scripts.put(PREFIX + name, script);
    return PREFIX + name;
  }

  @Override
  public Answer invoke(String function, byte[] payload, Duration timeout) {
    patience = timeout;
    Function<ObjectNode, Answer> script = scripts.get(function);
    if (script == null) {
      return new Answer.Refused("ResourceNotFoundException");
    }
    events.add((ObjectNode) JSON.readTree(payload));
    return script.apply((ObjectNode) JSON.readTree(payload));
  }

  /** The trigger sources of all calls, in order; forgets them. */
  List<String> sources() {
    List<String> result =
        events.stream().map(event -> event.get("triggerSource").stringValue()).toList();
    events.clear();
    return result;
  }

  /** The last event. */
  JsonNode last() {
    return events.getLast();
  }
}

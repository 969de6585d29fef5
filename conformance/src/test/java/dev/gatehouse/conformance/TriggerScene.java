package dev.gatehouse.conformance;

import dev.gatehouse.triggers.testing.ScriptedFunction;
import dev.gatehouse.triggers.testing.ScriptedFunction.Deed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LambdaConfigType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pool whose triggers call a process that speaks the Runtime API, and what the test lets it do.
 * What no script is written for returns the event as it came.
 */
final class TriggerScene {
  static final String FUNCTION = "recorder";
  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:" + FUNCTION;

  /** Longer than a pool waits. */
  static final int OWN_TIME = 30;

  private static final JsonMapper JSON = JsonMapper.shared();

  final Scene scene;
  private final ScriptedFunction function;
  private final Map<String, Function<ObjectNode, Deed>> scripts = new HashMap<>();
  private int seen;

  private TriggerScene(TestServer server, Scene scene) {
    this.scene = scene;
    this.function = server.function();
    this.seen = function.calls().size();
    function.handle(this::handle);
  }

  static TriggerScene of(TestServer server, Consumer<LambdaConfigType.Builder> lambda) {
    return of(server, lambda, pool -> {}, client -> {});
  }

  static TriggerScene of(
      TestServer server,
      Consumer<LambdaConfigType.Builder> lambda,
      Consumer<CreateUserPoolRequest.Builder> pool,
      Consumer<CreateUserPoolClientRequest.Builder> client) {
    return new TriggerScene(
        server,
        Scene.of(
            server,
            request -> {
              request.lambdaConfig(lambda);
              pool.accept(request);
            },
            client));
  }

  /** Every trigger of local users but the senders. */
  static void all(LambdaConfigType.Builder lambda) {
    lambda
        .preSignUp(ARN)
        .postConfirmation(ARN)
        .preAuthentication(ARN)
        .postAuthentication(ARN)
        .preTokenGeneration(ARN)
        .customMessage(ARN)
        .userMigration(ARN)
        .defineAuthChallenge(ARN)
        .createAuthChallenge(ARN)
        .verifyAuthChallengeResponse(ARN);
  }

  private Deed handle(String text) {
    ObjectNode event = (ObjectNode) JSON.readTree(text);
    String source = event.get("triggerSource").asString();
    Function<ObjectNode, Deed> script =
        scripts.getOrDefault(source, scripts.get(source.substring(0, source.indexOf('_'))));
    return script == null ? Deed.answer(text) : script.apply(event);
  }

  /**
   * What the function does at a trigger.
   *
   * @param trigger its source, or the part before the underscore
   */
  void on(String trigger, Function<ObjectNode, Deed> script) {
    scripts.put(trigger, script);
  }

  /** At this trigger the function fills the response. */
  void answer(String trigger, Consumer<ObjectNode> fill) {
    on(
        trigger,
        event -> {
          fill.accept((ObjectNode) event.get("response"));
          return Deed.answer(event.toString());
        });
  }

  /** The events since they were last asked for, in order. */
  List<JsonNode> events() {
    List<ScriptedFunction.Call> calls = function.calls();
    List<JsonNode> result = new ArrayList<>();
    calls.subList(seen, calls.size()).forEach(call -> result.add(JSON.readTree(call.event())));
    seen = calls.size();
    return result;
  }

  /** The trigger sources since events were last asked for, in order. */
  List<String> sources() {
    return events().stream().map(event -> event.get("triggerSource").asString()).toList();
  }
}

package dev.gatehouse.conformance.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Notes the event, refuses one domain, and confirms everybody else. */
public final class Recorder implements RequestStreamHandler {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(input);
    ObjectNode note = JSON.createObjectNode();
    note.set("event", event);
    note.put("arn", context.getInvokedFunctionArn());
    Files.writeString(
        Path.of(System.getenv("RECORD")), note + "\n", UTF_8, StandardOpenOption.APPEND);
    if (event.get("triggerSource").asString().startsWith("PreSignUp")) {
      if (event.at("/request/userAttributes/email").asString().endsWith("@refused.example")) {
        throw new IllegalArgumentException("Not allowed");
      }
      ((ObjectNode) event.get("response")).put("autoConfirmUser", true);
    }
    output.write(JSON.writeValueAsBytes(event));
  }
}

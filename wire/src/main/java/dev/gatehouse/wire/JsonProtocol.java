package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.Violation;
import dev.gatehouse.model.Violations;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AWS JSON 1.1 (protocol.md §1, §3). */
final class JsonProtocol implements Protocol {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private final JsonErrors errors;

  JsonProtocol(JsonErrors errors) {
    this.errors = errors;
  }

  @Override
  public <I> I decode(HttpRequest request, Class<I> type) {
    return Json.readRequest(request.body(), type);
  }

  @Override
  public <O> HttpAnswer answer(OperationModel<?, O> operation, O output, String requestId) {
    byte[] body = operation.emptyAnswer() ? new byte[0] : Json.write(output);
    return HttpAnswer.of(200, CONTENT_TYPE, body);
  }

  @Override
  public HttpAnswer error(ApiError error, String requestId) {
    byte[] body = Json.write(Map.of("__type", error.type(), "message", error.message()));
    return HttpAnswer.of(error.status(), CONTENT_TYPE, body)
        .with("x-amzn-ErrorType", error.type())
        .with("x-amzn-ErrorMessage", headerSafe(error.message()));
  }

  @Override
  public SignatureWords signatureWords() {
    return SignatureWords.JSON;
  }

  @Override
  public Set<String> commonErrors() {
    return errors.common();
  }

  @Override
  public ApiError unreadable(String message) {
    return new ApiError("SerializationException", message, 400);
  }

  @Override
  public ApiError invalid(List<Violation> violations) {
    return new ApiError(errors.invalid(), Violations.message(violations), 400);
  }

  @Override
  public ApiError throttled() {
    return new ApiError(errors.throttled(), "Rate exceeded", 400);
  }

  @Override
  public ApiError internal(String requestId) {
    return new ApiError(errors.internal(), "Internal error, request " + requestId, 500);
  }

  /** A message may hold what a client sent: no line of a header ends early because of it. */
  private static String headerSafe(String text) {
    StringBuilder result = new StringBuilder();
    text.chars().limit(1024).forEach(c -> result.append(c >= 0x20 && c <= 0x7e ? (char) c : '?'));
    return result.toString().strip();
  }
}

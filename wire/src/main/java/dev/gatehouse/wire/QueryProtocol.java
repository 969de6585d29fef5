package dev.gatehouse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * AWS Query with XML answers (sts-iam.md §1). Members are texts: operations with lists, numbers or
 * times among them come with the services that have them.
 */
final class QueryProtocol implements Protocol {
  private static final Set<String> COMMON =
      Set.of("AccessDenied", "ValidationError", "InvalidParameterValue", "ExpiredToken");

  private final String namespace;

  QueryProtocol(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public <I> I decode(HttpRequest request, Class<I> type) {
    Map<String, String> members = new TreeMap<>(QueryParameters.of(request).values());
    members.remove("Action");
    members.remove("Version");
    return Json.readRequest(Json.write(members), type);
  }

  @Override
  public <O> HttpAnswer answer(OperationModel<?, O> operation, O output, String requestId) {
    String name = operation.name();
    StringBuilder xml = new StringBuilder();
    xml.append('<').append(name).append("Response xmlns=\"").append(namespace).append("\">");
    if (!operation.emptyAnswer()) {
      xml.append('<').append(name).append("Result>");
      members(xml, Json.read(Json.write(output), JsonNode.class));
      xml.append("</").append(name).append("Result>");
    }
    xml.append("<ResponseMetadata>");
    element(xml, "RequestId", requestId);
    xml.append("</ResponseMetadata></").append(name).append("Response>");
    return xml(200, xml);
  }

  @Override
  public HttpAnswer error(ApiError error, String requestId) {
    StringBuilder xml = new StringBuilder();
    xml.append("<ErrorResponse xmlns=\"").append(namespace).append("\"><Error>");
    element(xml, "Type", error.status() < 500 ? "Sender" : "Receiver");
    element(xml, "Code", error.type());
    element(xml, "Message", error.message());
    xml.append("</Error>");
    element(xml, "RequestId", requestId);
    xml.append("</ErrorResponse>");
    return xml(error.status(), xml);
  }

  @Override
  public SignatureWords signatureWords() {
    return SignatureWords.QUERY;
  }

  @Override
  public Set<String> commonErrors() {
    return COMMON;
  }

  @Override
  public ApiError unreadable(String message) {
    return new ApiError("MalformedInput", message, 400);
  }

  @Override
  public ApiError invalid(List<Violation> violations) {
    return new ApiError("ValidationError", Violations.message(violations), 400);
  }

  @Override
  public ApiError throttled() {
    return new ApiError("Throttling", "Rate exceeded", 400);
  }

  @Override
  public ApiError internal(String requestId) {
    return new ApiError("InternalFailure", "Internal error, request " + requestId, 500);
  }

  private static HttpAnswer xml(int status, StringBuilder xml) {
    return HttpAnswer.of(status, "text/xml", xml.append('\n').toString().getBytes(UTF_8));
  }

  private static void members(StringBuilder xml, JsonNode structure) {
    structure
        .properties()
        .forEach(member -> element(xml, member.getKey(), member.getValue().asString()));
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>');
    escape(xml, text);
    xml.append("</").append(name).append('>');
  }

  /** XML 1.0 has no way to write most control characters; they become question marks. */
  private static void escape(StringBuilder xml, String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '&' -> xml.append("&amp;");
            case '"' -> xml.append("&quot;");
            case '\r' -> xml.append("&#13;");
            default -> xml.appendCodePoint(isXml(c) ? c : '?');
          }
        });
  }

  /** XML 1.0 §2.2. */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000;
  }
}

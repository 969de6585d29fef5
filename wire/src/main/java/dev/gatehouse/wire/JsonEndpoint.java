package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.wire.ServiceTable.Row;
import java.util.Optional;
import java.util.Set;

/** An AWS JSON 1.1 service on {@code POST /}: finds the operation that X-Amz-Target names. */
public final class JsonEndpoint implements HttpHandler {
  /** Operations whose requests carry pictures. */
  private static final Set<String> LARGE =
      Set.of("CreateManagedLoginBranding", "UpdateManagedLoginBranding", "SetUICustomization");

  private final String targetPrefix;
  private final ServiceTable table;
  private final Protocol protocol = new JsonProtocol();
  private final CallPipeline pipeline;

  /**
   * @param targetPrefix what stands before the dot in {@code X-Amz-Target}
   * @param signingName the service's name in credential scopes
   */
  public JsonEndpoint(
      String targetPrefix, String signingName, ServiceTable table, EdgeParts parts) {
    this.targetPrefix = targetPrefix;
    this.table = table;
    this.pipeline = new CallPipeline(signingName, protocol, parts);
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    String target = request.header("x-amz-target");
    int dot = target.lastIndexOf('.');
    Optional<Row<?, ?>> row =
        dot > 0 && target.substring(0, dot).equals(targetPrefix)
            ? table.find(target.substring(dot + 1))
            : Optional.empty();
    if (row.isEmpty()) {
      return protocol.error(new ApiError("UnknownOperationException", "", 400), request.id());
    }
    if (request.body().length > Router.DEFAULT_BODY && !LARGE.contains(row.get().model().name())) {
      return protocol.error(
          new ApiError("RequestEntityTooLargeException", "Request is too large", 413),
          request.id());
    }
    return pipeline.run(request, row.get());
  }

  /** Whether a target is this service's. */
  boolean serves(String target) {
    return target.startsWith(targetPrefix + ".");
  }
}

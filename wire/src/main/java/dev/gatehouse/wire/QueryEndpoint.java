package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.wire.ServiceTable.Row;
import java.util.Optional;

/** An AWS Query service on {@code POST /} and {@code GET /}: finds what Action and Version name. */
public final class QueryEndpoint implements HttpHandler {
  private final String version;
  private final ServiceTable table;
  private final Protocol protocol;
  private final CallPipeline pipeline;

  /**
   * @param signingName the service's name in credential scopes
   * @param version the API's version, e.g. {@code 2011-06-15}
   * @param namespace of its answers
   */
  public QueryEndpoint(
      String signingName, String version, String namespace, ServiceTable table, EdgeParts parts) {
    this.version = version;
    this.table = table;
    this.protocol = new QueryProtocol(namespace);
    this.pipeline = new CallPipeline(signingName, protocol, parts);
  }

  /** STS, API version 2011-06-15. */
  public static QueryEndpoint sts(ServiceTable table, EdgeParts parts) {
    return new QueryEndpoint(
        "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", table, parts);
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    QueryParameters parameters = QueryParameters.of(request);
    if (!parameters.fault().isEmpty()) {
      return error(request, new ApiError("MalformedQueryString", parameters.fault(), 400));
    }
    String action = parameters.value("Action");
    if (action.isEmpty()) {
      return error(request, new ApiError("MissingAction", "The request names no Action.", 400));
    }
    Optional<Row<?, ?>> row =
        parameters.value("Version").equals(version) ? table.find(action) : Optional.empty();
    return row.isEmpty()
        ? error(
            request,
            new ApiError(
                "InvalidAction",
                "Could not find operation "
                    + cut(action)
                    + " for version "
                    + cut(parameters.value("Version")),
                400))
        : pipeline.run(request, row.get());
  }

  private HttpAnswer error(HttpRequest request, ApiError error) {
    return protocol.error(error, request.id());
  }

  private static String cut(String text) {
    return text.length() > 128 ? text.substring(0, 128) : text;
  }
}

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

  /** A body of four digits is read whoever sends it. */
  private static final int SMALL_DIGITS = 4;

  private final String targetPrefix;
  private final ServiceTable table;
  private final Protocol protocol;
  private final CallPipeline pipeline;
  private final EdgeParts parts;

  /**
   * @param targetPrefix what stands before the dot in {@code X-Amz-Target}
   * @param signingName the service's name in credential scopes
   */
  public JsonEndpoint(
      String targetPrefix, String signingName, ServiceTable table, EdgeParts parts) {
    this(targetPrefix, signingName, table, parts, JsonErrors.COGNITO);
  }

  /**
   * @param targetPrefix what stands before the dot in {@code X-Amz-Target}
   * @param signingName the service's name in credential scopes
   */
  public JsonEndpoint(
      String targetPrefix,
      String signingName,
      ServiceTable table,
      EdgeParts parts,
      JsonErrors errors) {
    this.protocol = new JsonProtocol(errors);
    this.targetPrefix = targetPrefix;
    this.table = table;
    this.parts = parts;
    this.pipeline = new CallPipeline(signingName, protocol, parts);
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    return row(request)
        .map(row -> pipeline.run(request, row))
        .orElseGet(
            () -> protocol.error(new ApiError("UnknownOperationException", "", 400), request.id()));
  }

  /** How long a body may be: 1 MiB, three where a served operation takes pictures. */
  int mostBytes(HttpRequest head) {
    return row(head)
            .filter(row -> row.handler() != null && LARGE.contains(row.model().name()))
            .isPresent()
        ? 3 * Router.DEFAULT_BODY
        : Router.DEFAULT_BODY;
  }

  /** Refuses large unsigned bodies of an address whose calls are used up, before they are read. */
  Optional<HttpAnswer> refuse(HttpRequest head) {
    return head.header("authorization").isEmpty()
            && mayBeLarge(head)
            && parts.limits().isSpent(head.clientAddress())
        ? Optional.of(protocol.error(protocol.throttled(), head.id()))
        : Optional.empty();
  }

  /** Whether it is worth to end the connection instead of reading the body. */
  private static boolean mayBeLarge(HttpRequest head) {
    return !head.header("transfer-encoding").isEmpty()
        || head.header("content-length").length() > SMALL_DIGITS;
  }

  private Optional<Row<?, ?>> row(HttpRequest head) {
    String target = head.header("x-amz-target");
    return serves(target)
        ? table.find(target.substring(targetPrefix.length() + 1))
        : Optional.empty();
  }

  /** Whether a target is this service's. */
  boolean serves(String target) {
    return target.startsWith(targetPrefix + ".");
  }
}

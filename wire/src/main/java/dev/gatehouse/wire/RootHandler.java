package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.http.Router.Target;
import dev.gatehouse.model.ApiError;
import java.util.List;
import java.util.Optional;

/**
 * The one address of all AWS APIs: {@code /}. {@code X-Amz-Target} chooses a JSON service, {@code
 * Action} or a form the Query service.
 */
public final class RootHandler implements HttpHandler {
  private final List<JsonEndpoint> jsonServices;
  private final QueryEndpoint queryService;

  public RootHandler(List<JsonEndpoint> jsonServices, QueryEndpoint queryService) {
    this.jsonServices = List.copyOf(jsonServices);
    this.queryService = queryService;
  }

  /** Serves {@code POST /} and {@code GET /}, for pages of every origin too. */
  public void register(Router router) {
    router
        .guard("/", this::refuse)
        .addPublic(RootHandler::isPost, this::mostBytes, this)
        .addPublic("GET", "/", Router.DEFAULT_BODY, this);
  }

  private static boolean isPost(Target target) {
    return target.method().equals("POST") && target.path().equals("/");
  }

  private Optional<HttpAnswer> refuse(HttpRequest head) {
    return isPost(new Target(head.method(), head.path()))
        ? service(head).flatMap(service -> service.refuse(head))
        : Optional.empty();
  }

  private int mostBytes(HttpRequest head) {
    return service(head).map(service -> service.mostBytes(head)).orElse(Router.DEFAULT_BODY);
  }

  private Optional<JsonEndpoint> service(HttpRequest head) {
    String target = head.header("x-amz-target");
    return jsonServices.stream().filter(service -> service.serves(target)).findFirst();
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    String target = request.header("x-amz-target");
    boolean post = request.method().equals("POST");
    if (target.isEmpty()
        && (QueryParameters.isForm(request) || !request.parameter("Action").isEmpty())) {
      return queryService.handle(request);
    }
    if (!post) {
      return HttpAnswer.text(404, "Not found");
    }
    return service(request)
        .map(service -> service.handle(request))
        .orElseGet(() ->
            new JsonProtocol(JsonErrors.COGNITO)
                .error(new ApiError("UnknownOperationException", "", 400), request.id()));
  }
}

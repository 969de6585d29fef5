package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /{poolId}/.well-known/jwks.json} and {@code …/openid-configuration}. */
public final class WellKnownHandler implements HttpHandler {
  private static final Pattern PATH =
      Pattern.compile(
          "/([a-z0-9-]{1,32}_[0-9a-zA-Z]{1,32})/\\.well-known/(jwks\\.json|openid-configuration)");

  private final PoolDocuments documents;

  public WellKnownHandler(PoolDocuments documents) {
    this.documents = documents;
  }

  /** Serves the documents, for pages of every origin too. */
  public void register(Router router) {
    router.addPublic(
        target -> target.method().equals("GET") && PATH.matcher(target.path()).matches(), 0, this);
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return HttpAnswer.text(404, "Not found");
    }
    Optional<String> document =
        path.group(2).equals("jwks.json")
            ? documents.jwks(path.group(1))
            : documents.openidConfiguration(path.group(1));
    return document
        .map(json -> HttpAnswer.json(200, json).with("Cache-Control", "public, max-age=3600"))
        .orElseGet(() -> HttpAnswer.text(404, "Not found"));
  }
}

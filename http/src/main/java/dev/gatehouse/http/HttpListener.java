package dev.gatehouse.http;

import dev.gatehouse.http.Router.Route;
import dev.gatehouse.http.Router.Target;
import dev.gatehouse.kernel.WallClock;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port. Reads each request within its route's limits, answers with date and request id, writes
 * the access log.
 */
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Router router;
  private final WallClock clock;
  private final AccessLog accessLog;
  private final WebServer server;

  private HttpListener(HttpConfig config, Router router, WallClock clock, AccessLog accessLog) {
    this.router = router;
    this.clock = clock;
    this.accessLog = accessLog;
    this.server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .idleConnectionTimeout(config.idle())
            .shutdownGracePeriod(config.grace())
            .connectionOptions(socket -> socket.readTimeout(config.idle()).tcpNoDelay(true))
            .routing(HttpRouting.builder().any(this::answer))
            .build();
  }

  /** Begins to listen. */
  public static HttpListener start(
      HttpConfig config, Router router, WallClock clock, AccessLog accessLog) {
    HttpListener listener = new HttpListener(config, router, clock, accessLog);
    listener.server.start();
    return listener;
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /** Takes no more requests, and lets those that run end. */
  @Override
  public void close() {
    server.stop();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    String id = UUID.randomUUID().toString();
    String method = request.prologue().method().text();
    String path = request.prologue().uriPath().rawPath();
    HttpAnswer answer = guarded(request, id, method, path);
    response.status(Status.create(answer.status()));
    response.headers().set(HeaderNames.DATE, HTTP_DATE.format(clock.now()));
    response.headers().set(HeaderNames.create("x-amzn-RequestId"), id);
    answer
        .headers()
        .forEach((name, value) -> response.headers().set(HeaderNames.create(name), value));
    response.send(answer.body());
    accessLog.record(
        new AccessLog.Line(
            id,
            request.remotePeer().host(),
            method,
            path,
            answer.status(),
            answer.body().length,
            System.nanoTime() - began));
  }

  private HttpAnswer guarded(ServerRequest request, String id, String method, String path) {
    try {
      Optional<Route> route = router.find(new Target(method, path));
      if (route.isEmpty()) {
        return HttpAnswer.text(404, "Not found");
      }
      if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
        return HttpAnswer.text(415, "Content-Encoding is not accepted");
      }
      Optional<byte[]> body = read(request, route.get().maxBody());
      if (body.isEmpty()) {
        return HttpAnswer.text(413, "Request is too large");
      }
      return route
          .get()
          .handler()
          .handle(
              new HttpRequest(
                  method,
                  path,
                  request.prologue().query().rawValue(),
                  headers(request),
                  body.get(),
                  request.remotePeer().host(),
                  id));
    } catch (RuntimeException | IOException failure) {
      LOG.error("request {} failed", id, failure);
      return HttpAnswer.text(500, "Internal error, request " + id);
    }
  }

  /** Empty when the body is longer. */
  private static Optional<byte[]> read(ServerRequest request, int most) throws IOException {
    long announced = request.headers().contentLength().orElse(0);
    if (announced > most) {
      return Optional.empty();
    }
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    }
  }

  private static Map<String, List<String>> headers(ServerRequest request) {
    Map<String, List<String>> result = new HashMap<>();
    for (Header header : request.headers()) {
      result.put(header.headerName().lowerCase(), header.allValues());
    }
    return result;
  }
}

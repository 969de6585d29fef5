package dev.gatehouse.http;

import dev.gatehouse.http.Router.Answering;
import dev.gatehouse.http.Router.Route;
import dev.gatehouse.http.Router.Target;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port. Reads each request within its route's limits, answers with date and request id, writes
 * the access log.
 */
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-amzn-RequestId");
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final int MOST_THROWN_AWAY = 4 * 1024 * 1024;

  private final HttpConfig config;
  private final Router router;
  private final WallClock clock;
  private final HttpDate date;
  private final AccessLog accessLog;
  private final BodyBudget bodies;
  private final Deadlines deadlines;
  private final ChunkedBodies chunkedBodies = new ChunkedBodies();
  private final @Nullable RenewableTls tls;
  private final WebServer server;

  private HttpListener(
      HttpConfig config, Router router, WallClock clock, AccessLog accessLog, BodyBudget bodies) {
    this.config = config;
    this.router = router;
    this.clock = clock;
    this.date = new HttpDate(clock);
    this.accessLog = accessLog;
    this.bodies = bodies;
    this.deadlines = new Deadlines(config.reading());
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .idleConnectionTimeout(config.idle())
            .idleConnectionPeriod(config.idle().compareTo(SWEEP) < 0 ? config.idle() : SWEEP)
            .shutdownGracePeriod(config.grace())
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new Http1Only(deadlines, chunkedBodies))
            .directHandlers(directHandlers())
            .routing(HttpRouting.builder().any(this::answer));
    this.tls = config.tls() == null ? null : new RenewableTls(config.tls(), deadlines);
    if (tls != null) {
      builder.tls(
          Tls.builder()
              .sslContext(tls.asContext())
              .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
              .build());
    }
    this.server = builder.build();
  }

  /** Begins to listen, with a budget for bodies of its own. */
  public static HttpListener start(
      HttpConfig config, Router router, WallClock clock, AccessLog accessLog) {
    return start(config, router, clock, accessLog, BodyBudget.ofHeap(Meter.none()));
  }

  /**
   * Begins to listen.
   *
   * @param bodies what this listener shares with the others of its process
   * @throws PortTakenException if the port cannot be listened on
   */
  public static HttpListener start(
      HttpConfig config, Router router, WallClock clock, AccessLog accessLog, BodyBudget bodies) {
    requireFree(config);
    HttpListener listener = new HttpListener(config, router, clock, accessLog, bodies);
    listener.server.start();
    // the library logs a port that is taken and goes on without it
    if (listener.server.port() <= 0) {
      listener.close();
      throw new PortTakenException(config.host(), config.port());
    }
    return listener;
  }

  /** The library would log a port that is taken with all its stack. */
  private static void requireFree(HttpConfig config) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException taken) {
      throw new PortTakenException(config.host(), config.port());
    }
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /**
   * Shows another certificate from the next connection on.
   *
   * @throws IllegalStateException if this port speaks plain HTTP
   */
  public void renew(TlsIdentity identity) {
    if (tls == null) {
      throw new IllegalStateException("this port speaks plain HTTP");
    }
    tls.renew(identity);
  }

  /** Takes no more requests, and lets those that run end. */
  @Override
  public void close() {
    server.stop();
    deadlines.close();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    Target target =
        new Target(request.prologue().method().text(), request.prologue().uriPath().rawPath());
    Map<String, List<String>> headers = headers(request);
    String address =
        config
            .proxies()
            .client(
                request.remotePeer().host(), headers.getOrDefault("x-forwarded-for", List.of()));
    HttpRequest head =
        new HttpRequest(
            target.method(),
            target.path(),
            request.prologue().query().rawValue(),
            headers,
            new byte[0],
            address,
            UUID.randomUUID().toString());
    HttpAnswer answer = answerFor(request, head, target);
    if (isChunked(request)) {
      answer = answer.with("Connection", "close");
    }
    response.status(Status.create(answer.status()));
    response.headers().set(HeaderNames.DATE, date.now());
    response.headers().set(REQUEST_ID, head.id());
    answer
        .headers()
        .forEach((name, value) -> response.headers().set(HeaderNames.create(name), value));
    try {
      response.send(answer.body());
    } catch (UncheckedIOException gone) {
      LOG.debug("client of request {} has gone", head.id(), gone);
    }
    accessLog.record(clock, new AccessLog.Line(head, answer, System.nanoTime() - began));
    if (answer.headers().containsKey("Connection")
        || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      if (request.content().hasEntity() && !request.headers().contains(HeaderNames.EXPECT)) {
        throwAwayRest(request);
      }
      // the library says "close", and then waits for the client to do it
      throw new CloseConnectionException("answered, and closing");
    }
  }

  private HttpAnswer answerFor(ServerRequest request, HttpRequest head, Target target) {
    if (target.method().equals("OPTIONS")) {
      return preflight(head);
    }
    Optional<Route> route = router.find(target);
    Cors cors = route.map(Route::cors).orElse(Cors.OFF);
    try {
      return cors.mark(guarded(request, head, route));
    } catch (RuntimeException failure) {
      LOG.error("request {} failed", head.id(), failure);
      return cors.mark(HttpAnswer.text(500, "Internal error, request " + head.id()));
    }
  }

  private HttpAnswer preflight(HttpRequest head) {
    String method = head.header("access-control-request-method");
    boolean open =
        router
            .find(new Target(method, head.path()))
            .filter(route -> route.cors() == Cors.ANY_ORIGIN)
            .isPresent();
    return open
        ? Cors.preflight(
            method,
            String.join(
                ",", head.headers().getOrDefault("access-control-request-headers", List.of())))
        : HttpAnswer.text(404, "Not found");
  }

  private HttpAnswer guarded(ServerRequest request, HttpRequest head, Optional<Route> route) {
    // a body that is left unread would be taken for the next request
    Optional<HttpAnswer> refusal = HeaderRules.refuse(head.headers()).or(() -> router.refuse(head));
    if (refusal.isPresent() || route.isEmpty()) {
      return refusal.orElseGet(() -> HttpAnswer.text(404, "Not found")).with("Connection", "close");
    }
    int most = route.get().maxBody().applyAsInt(head);
    return switch (route.get().answering()) {
      case Answering.Whole(HttpHandler handler) -> whole(request, head, most, handler);
      case Answering.Streamed streamed -> streamed(request, head, most, streamed);
    };
  }

  private HttpAnswer whole(ServerRequest request, HttpRequest head, int most, HttpHandler handler) {
    try (Body body = new Body(bodies)) {
      Optional<HttpAnswer> unread = read(request, most, body);
      return unread.isPresent() ? unread.get() : handler.handle(head.withBody(body.bytes()));
    }
  }

  /** A body that was not read to its end takes the connection along. */
  private HttpAnswer streamed(
      ServerRequest request, HttpRequest head, int most, Answering.Streamed route) {
    boolean there = request.content().hasEntity();
    long announced = there ? request.headers().contentLength().orElse(-1) : 0;
    if (announced > most) {
      return Body.tooLarge().answer();
    }
    StreamedBody body =
        new StreamedBody(
            there ? () -> stream(request) : InputStream::nullInputStream,
            announced,
            most,
            deadlines,
            route.reading());
    try {
      HttpAnswer answer = route.handler().handle(head, body);
      return body.ended() || !there ? answer : answer.with("Connection", "close");
    } catch (BodyRefusedException refused) {
      return refused.answer();
    } catch (IOException interrupted) {
      LOG.debug("body did not arrive", interrupted);
      return tooSlow();
    }
  }

  private static HttpAnswer tooSlow() {
    return HttpAnswer.text(408, "The request did not arrive in time").with("Connection", "close");
  }

  /** What is answered when the body is not taken. */
  private Optional<HttpAnswer> read(ServerRequest request, int most, Body body) {
    if (!request.content().hasEntity()) {
      return Optional.empty();
    }
    long announced = request.headers().contentLength().orElse(-1);
    if (announced > most) {
      return Optional.of(Body.tooLarge().answer());
    }
    deadlines.begin();
    try {
      // not closed: that would read on what is refused
      body.read(stream(request), announced, most);
      return Optional.empty();
    } catch (BodyRefusedException refused) {
      return Optional.of(refused.answer());
    } catch (IOException | RuntimeException interrupted) {
      LOG.debug("body did not arrive", interrupted);
      return Optional.of(tooSlow());
    } finally {
      deadlines.end();
      Thread.interrupted(); // of a body that came too slowly; it is not for the answer
    }
  }

  private InputStream stream(ServerRequest request) {
    if (!isChunked(request)) {
      return request.content().inputStream();
    }
    ChunkedBody body = chunkedBodies.ofThisRequest();
    if (request.headers().containsToken(HeaderValues.EXPECT_100)) {
      body.ask();
    }
    return body;
  }

  private static boolean isChunked(ServerRequest request) {
    return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
  }

  /**
   * Reads some of what a client still sends, after it was answered, and throws it away: a
   * connection that ends with bytes unread may take its answer with it.
   */
  private void throwAwayRest(ServerRequest request) {
    deadlines.beginLingering();
    try {
      if (isChunked(request)) {
        chunkedBodies.ofThisRequest().throwAway(MOST_THROWN_AWAY);
      } else {
        request.content().inputStream().skipNBytes(MOST_THROWN_AWAY);
      }
    } catch (IOException | RuntimeException ended) {
      LOG.trace("no more to throw away", ended);
    } finally {
      deadlines.end();
      Thread.interrupted(); // it was for the reading
    }
  }

  private static Map<String, List<String>> headers(ServerRequest request) {
    Map<String, List<String>> result = new HashMap<>();
    for (Header header : request.headers()) {
      result.put(header.headerName().lowerCase(), header.allValues());
    }
    return result;
  }

  /** What the HTTP library refuses before there is a route gets date and request id too. */
  private DirectHandlers directHandlers() {
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      builder.addHandler(type, this::refused);
    }
    return builder.build();
  }

  private DirectHandler.TransportResponse refused(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    String id = UUID.randomUUID().toString();
    LOG.debug("request {} refused: {} {}", id, type, AccessLog.printable(String.valueOf(message)));
    // without a request line that can be read there is nothing of ours that could fail
    Status told =
        status.code() == 500 && request.method().isEmpty() ? Status.BAD_REQUEST_400 : status;
    return DirectHandler.TransportResponse.builder()
        .status(told)
        .headers(headers)
        .header(HeaderNames.DATE, date.now())
        .header(REQUEST_ID, id)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .keepAlive(false)
        .entity(told.reasonPhrase() + "\n")
        .build();
  }
}

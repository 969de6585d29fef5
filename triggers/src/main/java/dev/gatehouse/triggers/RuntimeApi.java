package dev.gatehouse.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.Functions.Answer.FunctionError;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API for one process, on a loopback port of its own (gateway.md §8). A process
 * asks for the next invocation, waits as long as there is none, and sends the answer under the
 * invocation's id; asking again says that it is free.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LONGEST_ERROR = 256 * 1024;
  private static final HeaderName REQUEST_ID = HeaderNames.create("Lambda-Runtime-Aws-Request-Id");
  private static final HeaderName DEADLINE = HeaderNames.create("Lambda-Runtime-Deadline-Ms");
  private static final HeaderName ARN = HeaderNames.create("Lambda-Runtime-Invoked-Function-Arn");
  private static final HeaderName TRACE = HeaderNames.create("Lambda-Runtime-Trace-Id");
  private static final HeaderName ERROR_TYPE =
      HeaderNames.create("Lambda-Runtime-Function-Error-Type");

  /** The process, as its calls see it. */
  interface Callbacks {
    /** Waits for the next invocation; empty when the process shall end. */
    Optional<Invocation> next() throws InterruptedException;

    /** False when the id is not that of the invocation under way. */
    boolean answered(String id, Answer answer);

    /** The function could not be initialised. */
    void initFailed(FunctionError error);
  }

  /** What a runtime says of an error. */
  private record Told(
      @JsonProperty("errorType") @Nullable String errorType,
      @JsonProperty("errorMessage") @Nullable String errorMessage) {}

  private final Callbacks process;
  private final WebServer server;

  /**
   * Begins to listen.
   *
   * @param mayConnect which connections are the process's
   */
  RuntimeApi(Callbacks process, OwnProcessOnly.Connections mayConnect) {
    this.process = process;
    this.server =
        WebServer.builder()
            .host(LOOPBACK)
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ZERO)
            .idleConnectionTimeout(Duration.ofDays(1))
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new OwnProcessOnly(mayConnect))
            .routing(
                HttpRouting.builder()
                    .get(BASE + "/invocation/next", this::next)
                    .post(BASE + "/invocation/{id}/response", this::response)
                    .post(BASE + "/invocation/{id}/error", this::error)
                    .post(BASE + "/init/error", this::initError))
            .build()
            .start();
  }

  /** {@code host:port}, as AWS_LAMBDA_RUNTIME_API says it. */
  String address() {
    return LOOPBACK + ":" + server.port();
  }

  private void next(ServerRequest request, ServerResponse response) throws InterruptedException {
    Optional<Invocation> next = process.next();
    if (next.isEmpty()) {
      answer(response, Status.INTERNAL_SERVER_ERROR_500, "{\"errorType\":\"Shutdown\"}");
      return;
    }
    Invocation invocation = next.get();
    response
        .status(Status.OK_200)
        // one runtime client dies of an answer without it
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(REQUEST_ID, invocation.id())
        .header(DEADLINE, Long.toString(invocation.deadline().toEpochMilli()))
        .header(ARN, invocation.function())
        .header(TRACE, trace(invocation))
        .send(invocation.payload());
  }

  private static String trace(Invocation invocation) {
    String hex = invocation.id().replace("-", "");
    return "Root=1-%s-%s;Parent=%s;Sampled=0"
        .formatted(hex.substring(0, 8), hex.substring(8), hex.substring(0, 16));
  }

  private void response(ServerRequest request, ServerResponse response) throws IOException {
    byte[] body = body(request, Functions.MOST_BYTES);
    boolean tooLong = body.length > Functions.MOST_BYTES;
    Answer answer =
        tooLong
            ? new FunctionError(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size ("
                    + Functions.MOST_BYTES
                    + " bytes).")
            : new Answer.Replied(body);
    boolean known = process.answered(id(request), answer);
    if (known && tooLong) {
      answer(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "{\"status\":\"TooLarge\"}");
    } else {
      accepted(response, known);
    }
  }

  private void error(ServerRequest request, ServerResponse response) throws IOException {
    accepted(response, process.answered(id(request), told(request)));
  }

  private void initError(ServerRequest request, ServerResponse response) throws IOException {
    process.initFailed(told(request));
    accepted(response, true);
  }

  private static FunctionError told(ServerRequest request) throws IOException {
    byte[] body = body(request, LONGEST_ERROR);
    String byHeader = request.headers().first(ERROR_TYPE).orElse("Unhandled");
    try {
      Told told = Json.read(body, Told.class);
      return new FunctionError(
          told.errorType() == null ? byHeader : told.errorType(),
          told.errorMessage() == null ? "" : told.errorMessage());
    } catch (WireTypeException noSuchThing) {
      return new FunctionError(byHeader, "");
    }
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  /** One byte more than {@code most} when there are more. */
  private static byte[] body(ServerRequest request, int most) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    InputStream in = request.content().inputStream();
    return in.readNBytes(most + 1);
  }

  private static void accepted(ServerResponse response, boolean known) {
    if (known) {
      answer(response, Status.ACCEPTED_202, "{\"status\":\"OK\"}");
    } else {
      answer(
          response,
          Status.BAD_REQUEST_400,
          "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}");
    }
  }

  private static void answer(ServerResponse response, Status status, String json) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(json.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.stop();
  }
}

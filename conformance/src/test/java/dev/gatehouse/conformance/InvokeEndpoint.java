package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.FunctionInvoker;
import dev.gatehouse.triggers.Functions.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What stands where AWS Lambda would: its Invoke API in front of a function's process. */
final class InvokeEndpoint implements AutoCloseable {
  private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

  private final FunctionInvoker functions;
  private final HttpServer http;
  final AtomicInteger signed = new AtomicInteger();

  InvokeEndpoint(Map<String, FunctionConfig> declared) {
    functions =
        new FunctionInvoker(
            declared,
            null,
            new FunctionInvoker.Ground(
                WallClock.system(), new Ids(new SecureRandom()), Meter.none()));
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::serve);
    http.start();
  }

  String address() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] payload = exchange.getRequestBody().readAllBytes();
    Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
    String signature = exchange.getRequestHeaders().getFirst("Authorization");
    if (signature != null && signature.contains("/lambda/aws4_request")) {
      signed.incrementAndGet();
    }
    if (!path.matches()) {
      answer(exchange, 404, "{\"Type\":\"User\",\"Message\":\"no such path\"}");
      return;
    }
    String name = URLDecoder.decode(path.group(1), UTF_8);
    switch (functions.invoke(name, payload, Duration.ofSeconds(20))) {
      case Answer.Replied(byte[] reply) -> answer(exchange, 200, new String(reply, UTF_8));
      case Answer.FunctionError(String type, String message) -> {
        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        answer(
            exchange,
            200,
            JsonMapper.shared()
                .writeValueAsString(Map.of("errorType", type, "errorMessage", message)));
      }
      case Answer.Refused(String code) -> {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
        answer(exchange, 404, "{}");
      }
      case Answer.TimedOut() -> answer(exchange, 500, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    functions.close();
  }
}

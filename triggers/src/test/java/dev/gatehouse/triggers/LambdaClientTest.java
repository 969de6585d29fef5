package dev.gatehouse.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.triggers.FunctionInvoker.Ground;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.Functions.Answer.FunctionError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an endpoint that checks what Lambda checks: signature, path, headers. */
class LambdaClientTest {
  private static final Secret SECRET = Secret.of("the secret of the lambda key");
  private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:sign-up:live";
  private static final Duration LONG = Duration.ofSeconds(20);

  /** What the endpoint answers next. */
  private record Told(
      int status, @Nullable String functionError, @Nullable String type, String body) {}

  private final SigV4Verifier verifier =
      new SigV4Verifier(
          AccessKeys.only(
              "AKIALAMBDA", new AccessKey(SECRET, new Caller.Signed("a", "i", "AKIALAMBDA"))),
          WallClock.system(),
          Secret.of("nobody's"));
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer endpoint;
  private FunctionInvoker invoker;
  private volatile Told next = new Told(200, null, null, "{}");
  private volatile boolean hangs;
  private volatile String seenPath = "";
  private volatile String seenType = "";
  private volatile String seenBody = "";

  @BeforeEach
  void start() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    endpoint.createContext("/", this::serve);
    endpoint.start();
    invoker = invoker(SECRET);
  }

  private FunctionInvoker invoker(Secret secret) {
    return new FunctionInvoker(
        Map.of(),
        new LambdaConfig(
            "http://localhost:" + endpoint.getAddress().getPort(),
            "eu-west-1",
            "AKIALAMBDA",
            secret,
            true),
        new Ground(WallClock.system(), new Ids(new SecureRandom()), Meter.none()));
  }

  @AfterEach
  void stop() {
    released.countDown();
    invoker.close();
    endpoint.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    seenPath = exchange.getRequestURI().getRawPath();
    seenType = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
    seenBody = new String(body, UTF_8);
    SignedRequest signed =
        new SignedRequest(exchange.getRequestMethod(), seenPath, "", headers, body);
    Told answer =
        verifier.verify(signed, "lambda") instanceof SignatureVerdict.Verified
            ? next
            : new Told(403, null, null, "{\"message\":\"The request signature does not match\"}");
    System.err.println(seenPath + " " + headers + " " + verifier.verify(signed, "lambda"));
    if (hangs) {
      try {
        released.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    if (answer.functionError() != null) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", answer.functionError());
    }
    if (answer.type() != null) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.type());
    }
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer invoke() {
    return invoker.invoke(ARN, "{\"a\":1}".getBytes(UTF_8), LONG);
  }

  @Test
  void a_signed_call_brings_the_answer() {
    next = new Told(200, null, null, "{\"b\":2}");
    assertThat(invoke())
        .isInstanceOfSatisfying(
            Answer.Replied.class,
            replied -> assertThat(replied.payload()).isEqualTo("{\"b\":2}".getBytes(UTF_8)));
    assertThat(seenPath).isEqualTo("/2015-03-31/functions/" + ARN + "/invocations");
    assertThat(seenType).isEqualTo("RequestResponse");
    assertThat(seenBody).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_long_answer_is_taken() {
    next = new Told(200, null, null, "\"" + "a".repeat(1_000_000) + "\"");
    assertThat(invoke()).isInstanceOf(Answer.Replied.class);
  }

  @Test
  void a_wrong_secret_is_refused() {
    invoker.close();
    invoker = invoker(Secret.of("another"));
    assertThat(invoke()).isEqualTo(new Answer.Refused("AccessDeniedException"));
  }

  @Test
  void an_error_of_the_function_is_told() {
    next =
        new Told(
            200, "Unhandled", null, "{\"errorMessage\":\"Not allowed\",\"errorType\":\"Error\"}");
    assertThat(invoke()).isEqualTo(new FunctionError("Error", "Not allowed"));
    next = new Told(200, "Unhandled", null, "no JSON");
    assertThat(invoke()).isEqualTo(new FunctionError("Unhandled", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "404,ResourceNotFoundException:http://internal.amazon.com/x/,ResourceNotFoundException",
    "400,InvalidRequestContentException,InvalidRequestContentException",
    "429,,TooManyRequestsException",
    "403,,AccessDeniedException",
    "413,,RequestTooLargeException",
    "500,,ServiceException",
    "302,,ServiceException",
    "500,\"<script>alert(1)</script>\",ServiceException"
  })
  void a_refusal_has_its_code(int status, String type, String code) {
    next = new Told(status, null, type, "");
    assertThat(invoke()).isEqualTo(new Answer.Refused(code));
  }

  @Test
  void a_refusal_may_name_itself_in_the_body() {
    next = new Told(404, null, null, "{\"__type\":\"com.amazonaws#ResourceNotFoundException\"}");
    assertThat(invoke()).isEqualTo(new Answer.Refused("ResourceNotFoundException"));
    next = new Told(400, null, null, "{\"Code\":\"KMSDisabledException\",\"Message\":\"m\"}");
    assertThat(invoke()).isEqualTo(new Answer.Refused("KMSDisabledException"));
  }

  @Test
  void an_endpoint_that_does_not_answer_is_timed_out() {
    hangs = true;
    assertThat(invoker.invoke(ARN, new byte[0], Duration.ofMillis(200)))
        .isEqualTo(new Answer.TimedOut());
  }

  @Test
  void an_endpoint_that_is_not_there_is_a_refusal() {
    endpoint.stop(0);
    assertThat(invoke()).isEqualTo(new Answer.Refused("ServiceException"));
  }
}

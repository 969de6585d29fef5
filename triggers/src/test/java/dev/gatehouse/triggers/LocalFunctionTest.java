package dev.gatehouse.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.triggers.FunctionInvoker.Ground;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.Functions.Answer.FunctionError;
import dev.gatehouse.triggers.testing.ScriptedFunction;
import dev.gatehouse.triggers.testing.ScriptedFunction.Deed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With real processes that speak the Runtime API. */
class LocalFunctionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:echo";
  private final Ground ground =
      new Ground(WallClock.system(), new Ids(new SecureRandom()), Meter.none());
  private ScriptedFunction function;
  private FunctionInvoker invoker;

  @BeforeEach
  void start() {
    function = ScriptedFunction.open();
    declare(function.config(1, 10));
  }

  @AfterEach
  void stop() {
    invoker.close();
    function.close();
  }

  private void declare(FunctionConfig config) {
    if (invoker != null) {
      invoker.close();
    }
    invoker = new FunctionInvoker(Map.of("echo", config), null, ground);
  }

  private Answer invoke(String payload) {
    return invoker.invoke(ARN, payload.getBytes(UTF_8), LONG);
  }

  private static String replied(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Replied.class);
    return new String(((Answer.Replied) answer).payload(), UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void a_process_is_started_at_the_first_call_and_used_again() {
    assertThat(function.started()).isZero();
    assertThat(replied(invoke("{\"a\":1}"))).isEqualTo("{\"a\":1}");
    assertThat(replied(invoke("{\"a\":\"ä\"}"))).isEqualTo("{\"a\":\"ä\"}");
    assertThat(function.started()).isEqualTo(1);
  }

  @Test
  void a_function_is_found_by_name_and_by_any_arn_of_its_name() {
    byte[] payload = "{}".getBytes(UTF_8);
    for (String name :
        List.of("echo", "echo:live", ARN, ARN + ":7", "999988887777:function:echo:$LATEST")) {
      assertThat(replied(invoker.invoke(name, payload, LONG))).isEqualTo("{}");
    }
  }

  @Test
  void what_is_not_declared_is_not_found() {
    for (String name :
        List.of("other", ARN + "2", "arn:aws:lambda:eu-west-1:1:function:echo", "../echo", "")) {
      assertThat(invoker.invoke(name, new byte[0], LONG))
          .isEqualTo(new Answer.Refused("ResourceNotFoundException"));
    }
    assertThat(function.started()).isZero();
  }

  @Test
  void a_declared_arn_serves_that_arn_alone() {
    invoker.close();
    invoker = new FunctionInvoker(Map.of(ARN, function.config(1, 5)), null, ground);
    byte[] payload = "{}".getBytes(UTF_8);
    assertThat(replied(invoker.invoke(ARN + ":live", payload, LONG))).isEqualTo("{}");
    assertThat(invoker.invoke(ARN.replace("111122223333", "444455556666"), payload, LONG))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void the_process_sees_the_variables_and_headers_of_lambda_and_nothing_of_the_servers() {
    invoke("{}");
    String seen = function.calls().getFirst().surroundings();
    assertThat(seen)
        .contains("env AWS_LAMBDA_FUNCTION_NAME: echo\n")
        .contains("env _HANDLER: index.handler\n")
        .contains("env LAMBDA_TASK_ROOT: /")
        .contains("env AWS_REGION: us-east-1\n")
        .contains("env TZ: UTC\n")
        .containsIgnoringCase("\nLambda-Runtime-Invoked-Function-Arn: " + ARN + "\n")
        .containsIgnoringCase("\nLambda-Runtime-Trace-Id: Root=1-")
        .containsIgnoringCase("\nContent-Type: application/json\n");
    Matcher deadline = Pattern.compile("(?i)Lambda-Runtime-Deadline-Ms: ([0-9]+)").matcher(seen);
    assertThat(deadline.find()).isTrue();
    assertThat(Long.parseLong(deadline.group(1)) - WallClock.system().now().toEpochMilli())
        .isBetween(1_000L, 10_000L);
    assertThat(seen.lines().filter(line -> line.startsWith("env ")).map(line -> line.split(" ")[1]))
        .allMatch(name ->
            name.startsWith("AWS_")
                || name.startsWith("LAMBDA_")
                || List.of("PATH:", "LANG:", "TZ:", "_HANDLER:", "RELAY_PORT:").contains(name));
  }

  @Test
  void an_error_is_told_and_the_process_used_again() {
    function.handle(event -> Deed.raise("Not allowed"));
    assertThat(invoke("{}")).isEqualTo(new FunctionError("Error", "Not allowed"));
    function.handle(Deed::answer);
    assertThat(replied(invoke("{}"))).isEqualTo("{}");
    assertThat(function.started()).isEqualTo(1);
  }

  @Test
  void a_crash_is_told_and_the_next_call_has_a_new_process() {
    function.handle(event -> Deed.exit(3));
    assertThat(invoke("{}"))
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.type()).isEqualTo("Runtime.ExitError");
              assertThat(error.message())
                  .matches(
                      "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3");
            });
    function.handle(event -> Deed.exit(0));
    assertThat(invoke("{}"))
        .isInstanceOfSatisfying(
            FunctionError.class,
            error ->
                assertThat(error.message()).endsWith("Runtime exited without providing a reason"));
    function.handle(Deed::answer);
    assertThat(function.started()).isEqualTo(2);
  }

  @Test
  void a_function_that_crashes_again_and_again_is_started_less_and_less_often() {
    function.atStart(Deed.exit(1));
    for (int i = 0; i < 50; i++) {
      assertThat(invoke("{}"))
          .isInstanceOfSatisfying(
              FunctionError.class,
              error -> assertThat(error.type()).isEqualTo("Runtime.ExitError"));
    }
    assertThat(function.started()).isLessThan(10);
  }

  @Test
  void an_error_of_initialisation_is_told() {
    function.atStart(Deed.failToBegin("index.handler is undefined"));
    assertThat(invoke("{}"))
        .isEqualTo(new FunctionError("Runtime.HandlerNotFound", "index.handler is undefined"));
  }

  @Test
  void a_call_beyond_the_functions_own_time_is_an_error_and_the_process_is_killed() {
    declare(function.config(1, 1));
    invoke("{}");
    function.handle(event -> Deed.hang());
    assertThat(invoke("{}"))
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.type()).isEqualTo("Sandbox.Timedout");
              assertThat(error.message()).endsWith(" Error: Task timed out after 1.00 seconds");
            });
    function.handle(Deed::answer);
    assertThat(replied(invoke("{}"))).isEqualTo("{}");
    assertThat(function.started()).isEqualTo(2);
  }

  @Test
  void a_call_beyond_the_callers_time_is_timed_out() {
    invoke("{}");
    function.handle(event -> Deed.hang());
    assertThat(invoker.invoke(ARN, "{}".getBytes(UTF_8), Duration.ofMillis(200)))
        .isEqualTo(new Answer.TimedOut());
  }

  @Test
  void a_cold_start_beyond_the_callers_time_goes_on_for_the_next_call() {
    assertThat(invoker.invoke(ARN, "{}".getBytes(UTF_8), Duration.ofMillis(1)))
        .isEqualTo(new Answer.TimedOut());
    assertThat(replied(invoke("{}"))).isEqualTo("{}");
    assertThat(function.started()).isEqualTo(1);
  }

  @Test
  void calls_at_once_have_processes_up_to_the_concurrency_and_wait_beyond_it() throws Exception {
    declare(function.config(2, 20));
    CountDownLatch release = new CountDownLatch(1);
    function.handle(event -> {
      try {
        release.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      return Deed.answer(event);
    });
    CompletableFuture<Answer> one = CompletableFuture.supplyAsync(() -> invoke("1"));
    CompletableFuture<Answer> two = CompletableFuture.supplyAsync(() -> invoke("2"));
    await(() -> function.calls().size() == 2);
    assertThat(invoker.invoke(ARN, "3".getBytes(UTF_8), Duration.ofMillis(50)))
        .isEqualTo(new Answer.Refused("TooManyRequestsException"));
    release.countDown();
    assertThat(replied(one.get())).isEqualTo("1");
    assertThat(replied(two.get())).isEqualTo("2");
    assertThat(replied(invoke("4"))).isEqualTo("4");
    assertThat(function.started()).isEqualTo(2);
  }

  @Test
  void an_answer_that_is_too_long_is_an_error() {
    function.handle(event -> Deed.answer("\"" + "a".repeat(Functions.MOST_BYTES) + "\""));
    assertThat(invoke("{}"))
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
    assertThat(invoker.invoke(ARN, new byte[Functions.MOST_BYTES + 1], LONG))
        .isEqualTo(new Answer.Refused("RequestTooLargeException"));
  }

  @Test
  void a_program_that_is_not_there_is_an_error() {
    declare(new FunctionConfig(List.of("/no/such/program"), null, null, null, null, null));
    assertThat(invoke("{}"))
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.type()).isEqualTo("Runtime.InvalidEntrypoint"));
  }

  @Test
  void what_it_prints_is_logged_with_its_name_and_cannot_pass_for_another_line() {
    try (CapturedLog log = new CapturedLog()) {
      function.handle(
          event -> Deed.answer(event).printing("hello\rERROR forged\n" + "b".repeat(5000) + "\n"));
      invoke("{\"password\":\"Fr4nk!secret\"}");
      await(() -> log.text().contains("bbb"));
      assertThat(log.text())
          .contains("INFO dev.gatehouse.functions function echo: \"helloERROR forged\"")
          .doesNotContain("b".repeat(1001))
          .doesNotContain("Fr4nk!secret");
    }
  }

  @Test
  void only_the_id_under_way_can_be_answered() throws Exception {
    invoke("{}");
    String api =
        function
            .calls()
            .getFirst()
            .surroundings()
            .lines()
            .filter(line -> line.startsWith("env AWS_LAMBDA_RUNTIME_API: "))
            .findFirst()
            .orElseThrow()
            .split(": ")[1];
    HttpRequest forged =
        HttpRequest.newBuilder(
                URI.create(
                    "http://"
                        + api
                        + "/2018-06-01/runtime/invocation/8c3f6d1e-0000-0000-0000-000000000000/response"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(forged, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("InvalidRequestID");
    }
  }

  @Test
  void closing_ends_the_processes() {
    invoke("{}");
    invoker.close();
    assertThat(invoke("{}")).isInstanceOf(FunctionError.class);
    assertThat(function.started()).isEqualTo(1);
  }

  @Test
  void what_cannot_work_is_refused_when_it_is_read() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new FunctionConfig(List.of(), null, null, null, null, null),
            () -> new FunctionConfig(List.of("node"), null, null, null, 0, null),
            () -> new FunctionConfig(List.of("node"), null, null, null, null, 901),
            () ->
                new FunctionInvoker(
                    Map.of("a b", new FunctionConfig(List.of("x"), null, null, null, null, null)),
                    null,
                    ground),
            () -> new LambdaConfig("http://lambda.test/", "r", "k", Secret.of("s"), null))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

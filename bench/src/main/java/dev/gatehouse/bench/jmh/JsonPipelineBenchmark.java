package dev.gatehouse.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.GetUserResponse;
import dev.gatehouse.userpool.UserPoolWords;
import dev.gatehouse.wire.CallLimits;
import dev.gatehouse.wire.EdgeParts;
import dev.gatehouse.wire.JsonEndpoint;
import dev.gatehouse.wire.ServiceTable;
import dev.gatehouse.wire.UndeclaredErrors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An unsigned call through the pipeline: route, decode, validate, an empty operation, encode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonPipelineBenchmark {
  private static final int OK = 200;

  private final JsonEndpoint endpoint;
  private final HttpRequest request;

  public JsonPipelineBenchmark() {
    GetUserResponse answer =
        GetUserResponse.builder()
            .username("somebody")
            .userAttributes(
                List.of(
                    AttributeType.builder().name("email").value("somebody@example.com").build(),
                    AttributeType.builder().name("email_verified").value("true").build(),
                    AttributeType.builder().name("sub").value("somebody's sub").build()))
            .build();
    ServiceTable table = new ServiceTable(CognitoIdpOperations.all());
    table.serve(CognitoIdpOperations.GET_USER, (input, context) -> answer);
    endpoint =
        new JsonEndpoint(
            "AWSCognitoIdentityProviderService",
            "cognito-idp",
            table,
            new EdgeParts(
                new SigV4Verifier(
                    AccessKeys.only(
                        "AKIABENCHMARK",
                        new AccessKey(
                            Secret.of("unused"),
                            new Caller.Signed(
                                "arn:aws:iam::000000000000:root",
                                "000000000000",
                                "AKIABENCHMARK"))),
                    WallClock.system(),
                    Secret.of("nobody's")),
                new UserPoolWords(),
                CallLimits.none(),
                UndeclaredErrors.REPORT,
                AuditLog.none(),
                Meter.none()));
    String token = "a".repeat(400) + "." + "b".repeat(400) + "." + "c".repeat(342);
    request =
        new HttpRequest(
            "POST",
            "/",
            "",
            Map.of(
                "content-type", List.of("application/x-amz-json-1.1"),
                "x-amz-target", List.of("AWSCognitoIdentityProviderService.GetUser")),
            ("{\"AccessToken\":\"" + token + "\"}").getBytes(UTF_8),
            "127.0.0.1",
            "00000000-0000-4000-8000-000000000000");
  }

  @Benchmark
  public HttpAnswer jsonPipeline() {
    HttpAnswer answer = endpoint.handle(request);
    if (answer.status() != OK) {
      throw new IllegalStateException("answered " + answer.status());
    }
    return answer;
  }
}

package dev.gatehouse.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.bench.RequestSigner;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of one signed call with a short body. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigV4Benchmark {
  private static final String KEY_ID = "AKIAGATEHOUSEBENCH00";
  private static final Secret SECRET = Secret.of("a secret of the length that keys have ..");
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String HOST = "localhost:9400";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String TARGET = "AWSCognitoIdentityProviderService.AdminGetUser";

  private final SigV4Verifier verifier;
  private final SignedRequest request;

  public SigV4Benchmark() {
    AccessKey key =
        new AccessKey(
            SECRET, new Caller.Signed("arn:aws:iam::000000000000:root", "000000000000", KEY_ID));
    verifier = new SigV4Verifier(AccessKeys.only(KEY_ID, key), () -> NOW, Secret.of("nobody's"));
    byte[] body =
        "{\"UserPoolId\":\"us-east-1_Benchmark\",\"Username\":\"somebody\"}".getBytes(UTF_8);
    RequestSigner.Headers signed =
        new RequestSigner(KEY_ID, SECRET).sign(HOST, CONTENT_TYPE, TARGET, body, NOW);
    request =
        new SignedRequest(
            "POST",
            "/",
            "",
            Map.of(
                "host", List.of(HOST),
                "content-type", List.of(CONTENT_TYPE),
                "x-amz-target", List.of(TARGET),
                "x-amz-date", List.of(signed.date()),
                "authorization", List.of(signed.authorization())),
            body);
  }

  @Benchmark
  public SignatureVerdict sigV4Verify() {
    SignatureVerdict verdict = verifier.verify(request, "cognito-idp");
    if (!(verdict instanceof SignatureVerdict.Verified)) {
      throw new IllegalStateException("the signature is right");
    }
    return verdict;
  }
}

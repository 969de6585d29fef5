package dev.gatehouse.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

  private final SigV4Verifier verifier;
  private final SignedRequest request;

  public SigV4Benchmark() {
    AccessKey key =
        new AccessKey(
            SECRET, new Caller.Signed("arn:aws:iam::000000000000:root", "000000000000", KEY_ID));
    verifier = new SigV4Verifier(AccessKeys.only(KEY_ID, key), () -> NOW, Secret.of("nobody's"));
    byte[] body =
        "{\"UserPoolId\":\"us-east-1_Benchmark\",\"Username\":\"somebody\"}".getBytes(UTF_8);
    Map<String, List<String>> headers = new HashMap<>();
    new RequestSigner("us-east-1", "cognito-idp", KEY_ID, SECRET)
        .sign(
            "POST",
            URI.create("http://localhost:9400/"),
            Map.of(
                "Content-Type", "application/x-amz-json-1.1",
                "X-Amz-Target", "AWSCognitoIdentityProviderService.AdminGetUser"),
            body,
            NOW)
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    request = new SignedRequest("POST", "/", "", headers, body);
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

package dev.gatehouse.bench.jmh;

import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.SigningKey;
import dev.gatehouse.jose.TokenSigner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One access token: claims, JSON, RS256. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenIssueBenchmark {
  private final TokenSigner signer;
  private final SigningKey key;

  public TokenIssueBenchmark() {
    Rs256 rs256 = Rs256.choose();
    signer = new TokenSigner(rs256, new WorkTally());
    key = rs256.generate();
  }

  @Benchmark
  public String tokenIssue() {
    return signer.sign(
        key,
        Claims.builder()
            .put("sub", "6b1c5a3e-7d61-4d0f-9a35-2f6f0a6c1d11")
            .put("iss", "http://localhost:9400/us-east-1_Benchmark")
            .put("client_id", "3n4b5urk1ft4fl3mg5e62d9ado")
            .put("origin_jti", "0d9a4d9c-5a86-43ab-8f7d-0b7b0d3b9d51")
            .put("event_id", "4d5bb2a1-5a0e-4a7f-8a2b-5d3e1c6a7f22")
            .put("token_use", "access")
            .put("scope", "aws.cognito.signin.user.admin")
            .put("auth_time", 1_795_000_000L)
            .put("exp", 1_795_003_600L)
            .put("iat", 1_795_000_000L)
            .put("jti", "9f3c1b60-6a57-4be8-8f0c-0d0f9d1c7a10")
            .put("username", "somebody")
            .build());
  }
}

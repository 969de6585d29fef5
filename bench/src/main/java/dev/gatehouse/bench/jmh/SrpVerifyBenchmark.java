package dev.gatehouse.bench.jmh;

import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.ServerEphemeral;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The two rounds of SRP on the server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SrpVerifyBenchmark {
  private static final Secret PASSWORD = Secret.of("P@ssw0rd-1");
  private static final String TIMESTAMP = "Tue Nov 24 10:00:00 UTC 2026";

  private final Srp6a srp;
  private final SrpVerifier verifier;
  private final ServerEphemeral ephemeral;
  private final BigInteger publicA;
  private final Srp6a.PasswordClaim claim;

  public SrpVerifyBenchmark() {
    Primitives primitives = Primitives.choose();
    primitives.warmUp();
    SecureRandom random = new SecureRandom();
    srp = new Srp6a(primitives.modExp(), primitives.generator(), random, new WorkTally());
    SrpIdentity identity = SrpIdentity.ofUser("us-east-1_Benchmark", "somebody");
    byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    verifier = srp.verifier(identity, salt, PASSWORD);
    ephemeral = srp.newEphemeral(verifier);
    SrpClient client = SrpClient.random(random);
    publicA = Srp6a.parseA(client.hexA()).orElseThrow();
    String block =
        Base64.getEncoder().encodeToString("secret block".getBytes(StandardCharsets.US_ASCII));
    String signature =
        client.signature(
            identity,
            PASSWORD,
            new SrpClient.Challenge(Srp6a.saltHex(salt), ephemeral.hex(), block),
            TIMESTAMP);
    claim = new Srp6a.PasswordClaim(identity, block, TIMESTAMP, signature);
  }

  /** First round: b and B. */
  @Benchmark
  public ServerEphemeral srpChallenge() {
    return srp.newEphemeral(verifier);
  }

  /** Second round: the claim's check. */
  @Benchmark
  public boolean srpVerify() {
    if (!srp.verify(publicA, ephemeral, verifier, claim)) {
      throw new IllegalStateException("the claim is right");
    }
    return true;
  }
}

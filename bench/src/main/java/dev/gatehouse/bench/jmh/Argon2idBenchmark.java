package dev.gatehouse.bench.jmh;

import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.PasswordHasher;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One password check with the parameters in force. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Argon2idBenchmark {
  private static final Secret PASSWORD = Secret.of("P@ssw0rd-1");

  private final PasswordHasher hasher;
  private final String phc;

  public Argon2idBenchmark() {
    hasher =
        new Argon2PasswordHasher(
            Primitives.choose().argon2id(),
            Argon2Parameters.DEFAULT,
            new SecureRandom(),
            new WorkTally());
    phc = hasher.hash(PASSWORD);
  }

  @Benchmark
  public boolean argon2id() {
    return hasher.verify(PASSWORD, phc);
  }
}

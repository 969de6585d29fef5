package dev.gatehouse.triggers;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the function that a name or ARN stands for: one of the configuration file's, else one
 * behind the configured Lambda endpoint. There is no third place, so that whoever may write a
 * pool's settings reaches nothing that the operator has not named (design.md §2).
 */
public final class FunctionInvoker implements Functions, AutoCloseable {
  private static final Answer NOT_FOUND = new Answer.Refused("ResourceNotFoundException");

  private final Map<String, LocalFunction> local = new HashMap<>();
  private final @Nullable LambdaClient lambda;
  private final Meter meter;

  /** What it stands on. */
  public record Ground(WallClock clock, Ids ids, Meter meter) {}

  /**
   * No process is started before its first call.
   *
   * @param functions by name or ARN
   * @param endpoint null = functions of the file alone
   * @throws IllegalArgumentException when a key names no function
   */
  public FunctionInvoker(
      Map<String, FunctionConfig> functions, @Nullable LambdaConfig endpoint, Ground ground) {
    functions.forEach((key, config) -> {
      FunctionName name =
          FunctionName.parse(key)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "functions: '" + key + "' is no name of a function"));
      local.put(name.unqualified(), new LocalFunction(name, config, ground));
    });
    this.lambda = endpoint == null ? null : new LambdaClient(endpoint, ground.clock());
    this.meter = ground.meter();
  }

  /** Whether a text can name a function. */
  public static boolean isName(String text) {
    return FunctionName.parse(text).isPresent();
  }

  @Override
  public Answer invoke(String function, byte[] payload, Duration timeout) {
    WriteGuard.outside("invoking a function");
    long began = System.nanoTime();
    Answer answer = answer(function, payload, timeout);
    meter.time(
        "function_seconds",
        Duration.ofNanos(System.nanoTime() - began),
        "outcome",
        answer.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    return answer;
  }

  private Answer answer(String function, byte[] payload, Duration timeout) {
    Optional<FunctionName> name = FunctionName.parse(function);
    if (name.isEmpty()) {
      return NOT_FOUND;
    }
    if (payload.length > MOST_BYTES) {
      return new Answer.Refused("RequestTooLargeException");
    }
    LocalFunction own = local.getOrDefault(name.get().unqualified(), local.get(name.get().name()));
    if (own != null) {
      return own.invoke(function, payload, timeout);
    }
    return lambda == null ? NOT_FOUND : lambda.invoke(function, payload, timeout);
  }

  /** Kills every process that was started. */
  @Override
  public void close() {
    Collection<LocalFunction> functions = local.values();
    functions.forEach(LocalFunction::close);
    if (lambda != null) {
      lambda.close();
    }
  }
}

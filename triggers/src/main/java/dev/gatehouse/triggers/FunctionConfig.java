package dev.gatehouse.triggers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function that this server runs itself: a row of {@code functions:} in the configuration file.
 * Its processes run with the server's own privileges, so only code that is trusted as much as the
 * server belongs there.
 */
public record FunctionConfig(
    @JsonPropertyDescription(
            "Program and arguments of a process that speaks the Lambda Runtime API, e.g. [node, node_modules/aws-lambda-ric/index.mjs, index.handler]. Needed.")
        List<String> command,
    @JsonPropertyDescription(
            "Folder that it is started in, LAMBDA_TASK_ROOT. Default: that of the server.")
        @Nullable String directory,
    @JsonPropertyDescription("_HANDLER of its environment, e.g. index.handler.")
        @Nullable String handler,
    @JsonPropertyDescription(
            "Further variables of its environment; those of the server itself are not passed on. Secrets may be ${NAME} or file:PATH.")
        @Nullable Map<String, Secret> environment,
    @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription(
            "How many of its processes may run at once; each does one call at a time.")
        @Nullable Integer concurrency,
    @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription(
            "Seconds that a call may take, from 1 to 900; then its process is killed.")
        @Nullable Integer timeoutSeconds) {
  private static final int USUAL_CONCURRENCY = 4;
  private static final int MOST_CONCURRENCY = 1000;
  private static final int USUAL_TIMEOUT = 3;
  private static final int LONGEST_TIMEOUT = 900;

  public FunctionConfig {
    Objects.requireNonNull(command, "functions: command is missing");
    command = List.copyOf(command);
    environment = environment == null ? null : Map.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("functions: command names no program");
    }
    within("concurrency", concurrency, MOST_CONCURRENCY);
    within("timeoutSeconds", timeoutSeconds, LONGEST_TIMEOUT);
  }

  private static void within(String key, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw new IllegalArgumentException("functions: " + key + " is a number from 1 to " + most);
    }
  }

  int processes() {
    return concurrency == null ? USUAL_CONCURRENCY : concurrency;
  }

  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds == null ? USUAL_TIMEOUT : timeoutSeconds);
  }

  Map<String, Secret> variables() {
    return environment == null ? Map.of() : environment;
  }
}

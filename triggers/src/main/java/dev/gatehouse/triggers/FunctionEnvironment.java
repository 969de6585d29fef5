package dev.gatehouse.triggers;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a function's process sees: those that Lambda promises (gateway.md §8) and its
 * own of the configuration file. Of the server's environment, which may hold its secrets, it gets
 * PATH alone, without which no program would be found.
 */
final class FunctionEnvironment {
  private static final String USUAL_REGION = "us-east-1";
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private FunctionEnvironment() {}

  static Map<String, String> of(
      FunctionName name, FunctionConfig config, String taskRoot, String runtimeApi) {
    Map<String, String> result = new TreeMap<>();
    String region = name.region().orElse(USUAL_REGION);
    result.put("PATH", orElse(System.getenv("PATH"), USUAL_PATH));
    result.put("LANG", "C.UTF-8");
    result.put("TZ", "UTC");
    result.put("AWS_REGION", region);
    result.put("AWS_DEFAULT_REGION", region);
    config.variables().forEach((variable, value) -> result.put(variable, value.text()));
    // what the runtime relies on is not for the file to say
    result.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    result.put("AWS_LAMBDA_FUNCTION_NAME", name.name());
    result.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    result.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128");
    result.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name.name());
    result.put("AWS_LAMBDA_LOG_STREAM_NAME", "gatehouse");
    result.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    result.put("LAMBDA_TASK_ROOT", taskRoot);
    result.put("LAMBDA_RUNTIME_DIR", taskRoot);
    if (config.handler() != null) {
      result.put("_HANDLER", config.handler());
    }
    return result;
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}

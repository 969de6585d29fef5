package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that are programs of their own, and the launcher, which is one, too. */
final class Programs {
  /** Where Debian's packages put theirs. */
  static final Path DEBIANS = Path.of("/usr/bin");

  /** What a program left behind. */
  record Ended(int status, String output, String errors) {
    JsonNode json() {
      return JsonMapper.shared().readTree(output);
    }
  }

  /** What points a client at the server: address and root key. */
  static Map<String, String> environment(TestServer server) {
    return Map.of(
        "AWS_ENDPOINT_URL",
        server.endpoint(),
        "AWS_ACCESS_KEY_ID",
        server.server().rootKey().id(),
        "AWS_SECRET_ACCESS_KEY",
        server.server().rootKey().secret().text(),
        "AWS_REGION",
        "us-east-1",
        "AWS_DEFAULT_REGION",
        "us-east-1",
        "AWS_EC2_METADATA_DISABLED",
        "true");
  }

  /** Runs it with nothing from the developer's own AWS files. */
  static Ended run(Map<String, String> more, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_CONFIG_FILE", nowhere());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", nowhere());
    environment.put("AWS_PAGER", "");
    environment.put("NO_PROXY", "localhost,127.0.0.1");
    environment.putAll(more);
    try {
      Path errors = Files.createTempFile("errors", ".txt");
      try {
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The launcher {@code ./gatehouse}, on what Maven has just built. */
  static Ended gatehouse(Map<String, String> more, List<String> arguments) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("GATEHOUSE_BUILT", "1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("gatehouse.root")), "gatehouse")
            .toString());
    command.addAll(arguments);
    return run(environment, command);
  }

  /** PATH with this folder before all others. */
  static String pathBeginningWith(Path folder) {
    return folder + File.pathSeparator + Objects.requireNonNullElse(System.getenv("PATH"), "");
  }

  /** Whether the command is there and ends well. */
  static boolean works(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String nowhere() {
    return Path.of("target", "no-aws-configuration").toAbsolutePath().toString();
  }

  private Programs() {}
}

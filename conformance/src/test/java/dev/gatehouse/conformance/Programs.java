package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that are programs of their own, pointed at a server by their environment. */
final class Programs {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What a program left behind; both streams in one. */
  record Ended(int status, String output) {
    JsonNode json() {
      return JSON.readTree(output);
    }
  }

  /** Runs it with the server's root key, and with nothing from the developer's own AWS files. */
  static Ended run(TestServer server, Map<String, String> more, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ENDPOINT_URL", server.endpoint());
    environment.put("AWS_ACCESS_KEY_ID", server.server().rootKey().id());
    environment.put("AWS_SECRET_ACCESS_KEY", server.server().rootKey().secret().text());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_CONFIG_FILE", nowhere());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", nowhere());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_PAGER", "");
    environment.put("NO_PROXY", "localhost,127.0.0.1");
    environment.putAll(more);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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

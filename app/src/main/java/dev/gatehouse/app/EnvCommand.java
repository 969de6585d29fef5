package dev.gatehouse.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse env}: prints what points AWS clients at the running server. */
@Command(
    name = "env",
    description = "Print the environment that points AWS clients at the running server.",
    mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "9400",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port = 9400;

  @Option(names = "--data", description = "The server's data folder (default: ~/.gatehouse).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    Optional<RunFile> running = running(port, data);
    if (running.isEmpty()) {
      System.err.println(
          "No server of yours is running on port " + port + ". Start one: ./gatehouse up");
      return 1;
    }
    variables(running.get()).forEach(line -> System.out.println("export " + line));
    return 0;
  }

  static Optional<RunFile> running(int port, @Nullable Path data) {
    Path folder = data == null ? OptionsReader.dataFolder() : data;
    return Stream.of(RunFile.inFolder(folder), RunFile.ofPort(port))
        .flatMap(file -> RunFile.read(file).stream())
        .filter(run -> run.port() == port)
        .findFirst();
  }

  static List<String> variables(RunFile run) {
    return List.of(
        "AWS_ENDPOINT_URL=" + run.endpoint(),
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=" + run.endpoint(),
        "AWS_ACCESS_KEY_ID=" + run.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY=" + run.secretAccessKey(),
        "AWS_REGION=us-east-1",
        "AWS_DEFAULT_REGION=us-east-1",
        "AWS_EC2_METADATA_DISABLED=true");
  }
}

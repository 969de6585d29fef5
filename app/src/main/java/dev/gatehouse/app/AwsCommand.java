package dev.gatehouse.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse aws …}: the AWS CLI with endpoint and credentials of the running server. */
@Command(name = "aws", description = "Run the AWS CLI against the running server.")
final class AwsCommand implements Callable<Integer> {
  @Option(
      names = "--gatehouse-port",
      defaultValue = "9400",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port = OptionsReader.PORT;

  @Option(
      names = "--gatehouse-data",
      paramLabel = "DIR",
      description = "The server's data folder (default: ~/.gatehouse).")
  private @Nullable Path data;

  @Parameters(arity = "1..*", description = "Arguments of the AWS CLI.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunningServer server = new RunningServer(port, data);
    Optional<RunFile> running = server.find();
    if (running.isEmpty()) {
      System.err.println(server.notFound());
      return 1;
    }
    List<String> command =
        new ArrayList<>(List.of("aws", "--endpoint-url", running.get().endpoint()));
    command.addAll(arguments);
    ProcessBuilder aws = new ProcessBuilder(command).inheritIO();
    EnvCommand.OF_OTHERS.forEach(aws.environment()::remove);
    for (String variable : EnvCommand.variables(running.get())) {
      int equals = variable.indexOf('=');
      aws.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    try {
      return aws.start().waitFor();
    } catch (IOException missing) {
      System.err.println(
          "There is no aws on PATH. Install it, for example:  apt-get install awscli");
      return 127;
    }
  }
}

package dev.gatehouse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse ca}: prints the development CA's certificate, for those who are to trust it. */
@Command(
    name = "ca",
    description = "Print the certificate of the development CA, which signs the TLS port's.",
    mixinStandardHelpOptions = true)
final class CaCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "9400",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port = OptionsReader.PORT;

  @Option(names = "--data", description = "The server's data folder (default: ~/.gatehouse).")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    Path folder = data == null ? OptionsReader.dataFolder() : data;
    Path file =
        EnvCommand.running(port, data)
            .flatMap(run -> Optional.ofNullable(run.ca()))
            .map(Path::of)
            .orElseGet(() -> folder.resolve("ca.pem"));
    if (!Files.isRegularFile(file)) {
      System.err.println(
          "There is no development CA in "
              + folder
              + ". The first start of a server without a certificate of yours makes one; say its"
              + " folder with --data, or the port of an ephemeral one with --port.");
      return 1;
    }
    System.out.print(Files.readString(file));
    return 0;
  }
}

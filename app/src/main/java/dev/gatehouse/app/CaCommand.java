package dev.gatehouse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse ca}: prints the development CA's certificate, for those who are to trust it. */
@Command(
    name = "ca",
    description = "Print the certificate of the development CA, which signs the TLS port's.",
    mixinStandardHelpOptions = true)
final class CaCommand implements Callable<Integer> {
  @Mixin private RunningServer server = new RunningServer();

  @Override
  public Integer call() throws IOException {
    Path file =
        server
            .find()
            .flatMap(run -> Optional.ofNullable(run.ca()))
            .map(Path::of)
            .orElseGet(() -> server.folder().resolve("ca.pem"));
    if (!Files.isRegularFile(file)) {
      System.err.println(
          "There is no development CA in "
              + server.folder()
              + ". The first start of a server without a certificate of yours makes one; say its"
              + " folder with --data, or the port of an ephemeral one with --port.");
      return 1;
    }
    System.out.print(Files.readString(file));
    return 0;
  }
}

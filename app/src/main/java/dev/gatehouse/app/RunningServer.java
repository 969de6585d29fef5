package dev.gatehouse.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command means: that of a port and a data folder, or an ephemeral one. */
final class RunningServer {
  @Option(
      names = "--port",
      defaultValue = "9400",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port = OptionsReader.PORT;

  @Option(names = "--data", description = "The server's data folder (default: ~/.gatehouse).")
  private @Nullable Path data;

  /** For picocli, which fills the options in. */
  RunningServer() {}

  RunningServer(int port, @Nullable Path data) {
    this.port = port;
    this.data = data;
  }

  /** Null where the command line says nothing. */
  @Nullable Path data() {
    return data;
  }

  Path folder() {
    return data == null ? OptionsReader.dataFolder() : data;
  }

  /** What it left behind at its start; empty when it does not run, or is somebody else's. */
  Optional<RunFile> find() {
    return Stream.of(RunFile.inFolder(folder()), RunFile.ofPort(port))
        .flatMap(file -> RunFile.read(file).stream())
        .filter(run -> run.port() == port)
        .findFirst();
  }

  /** What to say when there is none. */
  String notFound() {
    return "No server of yours is running on port "
        + port
        + " with the data folder "
        + folder()
        + ", nor an ephemeral one. Say the port and the folder that it was started with, or start"
        + " one: ./gatehouse up"
        + (port == OptionsReader.PORT ? "" : " --port " + port);
  }
}

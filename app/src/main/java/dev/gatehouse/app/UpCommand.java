package dev.gatehouse.app;

import dev.gatehouse.app.OptionsReader.CommandLine;
import dev.gatehouse.http.PortTakenException;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.userpool.Seeding.SeedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse up}: runs the server until it is told to stop. */
@Command(name = "up", description = "Run the server.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(names = "--port", description = "Port to listen on (9400).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      description = "Address to listen on (127.0.0.1); another one needs --behind-proxy.")
  private @Nullable String host;

  @Option(names = "--tls-port", description = "Port of the TLS listener (--port + 43).")
  private @Nullable Integer tlsPort;

  @Option(names = "--data", description = "Folder for everything that is kept (~/.gatehouse).")
  private @Nullable Path data;

  @Option(names = "--config", description = "Configuration file, gatehouse.yaml.")
  private @Nullable Path config;

  @Option(names = "--ephemeral", description = "Keep nothing; inbox, reset and clock for tests.")
  private boolean ephemeral;

  @Option(names = "--behind-proxy", description = "A reverse proxy stands in front of this server.")
  private boolean behindProxy;

  @Option(
      names = "--management-port",
      description = "Port of the management listener (--port + 1 behind a proxy).")
  private @Nullable Integer managementPort;

  @Option(
      names = "--allow-test-credentials",
      description = "Take the access key test/test for the root key.")
  private boolean allowTestCredentials;

  @Option(names = "--public-url", description = "The address that clients reach this server at.")
  private @Nullable String publicUrl;

  @Option(
      names = "--issuer",
      description = "Issuer form of new pools: own, original, updated (own).")
  private @Nullable String issuer;

  @Option(names = "--account-id", description = "AWS account id in ARNs (000000000000).")
  private @Nullable String accountId;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      ServerOptions options =
          OptionsReader.read(
              new CommandLine(
                  port,
                  host,
                  tlsPort,
                  data,
                  config,
                  ephemeral,
                  behindProxy,
                  managementPort,
                  allowTestCredentials,
                  publicUrl,
                  issuer,
                  accountId),
              System.getenv());
      run(options);
      return 0;
    } catch (StartRefusedException | SeedException | PortTakenException refused) {
      System.err.println(refused.getMessage());
      return 1;
    }
  }

  private static void run(ServerOptions options) throws IOException, InterruptedException {
    Server server = Server.start(options);
    Path folder = options.storage().data();
    Path runFile = folder == null ? RunFile.ofPort(server.port()) : RunFile.inFolder(folder);
    RunFile.of(server.port(), server.rootKey(), server.endpoint()).write(runFile);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  try {
                    Files.deleteIfExists(runFile);
                  } catch (IOException gone) {
                    // nothing to tidy up
                  }
                  server.close();
                  stopped.countDown();
                }));
    System.out.println("Gatehouse listens on " + server.endpoint());
    if (server.tlsPort() != 0) {
      System.out.println(
          "  and on https://localhost:"
              + server.tlsPort()
              + "  (CA: "
              + server.developmentCa()
              + ")");
    }
    if (server.managementPort() != 0) {
      System.out.println("  management on http://127.0.0.1:" + server.managementPort());
    }
    System.out.println(
        "Credentials: "
            + runFile
            + "  (eval \"$(./gatehouse "
            + env(server.port(), folder)
            + ")\")");
    System.out.println("Ready.");
    stopped.await();
  }

  /** The command that prints the environment for this server. */
  private static String env(int port, @Nullable Path folder) {
    String command = "env";
    if (port != OptionsReader.PORT) {
      command += " --port " + port;
    }
    if (folder != null && !folder.equals(OptionsReader.dataFolder())) {
      command += " --data " + folder;
    }
    return command;
  }
}

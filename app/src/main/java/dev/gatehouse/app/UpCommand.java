package dev.gatehouse.app;

import dev.gatehouse.app.GatehouseConfig.LogLevel;
import dev.gatehouse.app.OptionsReader.CommandLine;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.http.PortTakenException;
import dev.gatehouse.http.TlsFiles;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.userpool.Seeding.SeedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse up}: runs the server until it is told to stop. */
@Command(name = "up", description = "Run the server.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

  @Option(names = "--port", description = "Port to listen on (9400).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      description =
          "Address to listen on (127.0.0.1); another one needs a certificate or --behind-proxy.")
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

  @Option(
      names = "--development",
      description =
          "Inbox, reset, clock and test credentials on any address; for test images alone.")
  private boolean development;

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
    CommandLine line =
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
            development,
            publicUrl,
            issuer,
            accountId);
    try {
      LogLevels levels = new LogLevels();
      levels.apply(OptionsReader.logLevels(line, System.getenv()));
      ServerOptions options = OptionsReader.read(line, System.getenv());
      warn(options);
      run(options, line, levels);
      return 0;
    } catch (StartRefusedException | SeedException | PortTakenException refused) {
      System.err.println(refused.getMessage());
      return 1;
    } catch (TlsFiles.UnusableException unusable) {
      System.err.println("tls: " + unusable.getMessage());
      return 1;
    }
  }

  private static void warn(ServerOptions options) {
    Listeners listeners = options.listeners();
    if (development(listeners)) {
      LOG.warn(
          "DEVELOPMENT: everybody who reaches {} reads all mails and codes, and passwords go in"
              + " clear. Never run anything but tests so.",
          listeners.host());
    }
    if (listeners.exposure() == Exposure.SERVICE && options.publicUrl() == null) {
      LOG.warn("publicUrl is not set: tokens and links name http://localhost:{}", listeners.port());
    }
    if (behindProxy(listeners) && listeners.proxies().isEmpty()) {
      LOG.warn(
          "trustedProxies is not set: to limits and logs all clients have the proxy's address, and"
              + " share 20 unsigned calls a second");
    }
    if (options.storage().postgres() != null) {
      LOG.info("Keep a copy of the master key: without it a backup of the database is worthless.");
    }
  }

  /** Without a proxy, others reach the TLS listener alone, and this one stays on loopback. */
  private static boolean behindProxy(Listeners listeners) {
    return listeners.exposure() == Exposure.SERVICE
        && listeners.tls() != null
        && listeners.tls().host().equals(listeners.host());
  }

  private static boolean development(Listeners listeners) {
    return listeners.exposure() == Exposure.DEVELOPMENT
        && !OptionsReader.LOOPBACK.contains(listeners.host());
  }

  private static void run(ServerOptions options, CommandLine line, LogLevels levels)
      throws IOException, InterruptedException {
    Server server = Server.start(options);
    Hangup.onSignal(() -> {
      // all is read before anything is changed
      Map<String, LogLevel> asked = OptionsReader.logLevels(line, System.getenv());
      server.renewCertificate();
      levels.apply(asked);
    });
    Path folder = options.storage().data();
    Path runFile = folder == null ? RunFile.ofPort(server.port()) : RunFile.inFolder(folder);
    RunFile.of(server).write(runFile);
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
    announce(server, options, runFile);
    stopped.await();
  }

  private static void announce(Server server, ServerOptions options, Path runFile) {
    System.out.println("Gatehouse listens on " + server.endpoint());
    if (server.tlsPort() != 0) {
      Path ca = server.developmentCa();
      System.out.println(
          "  and on https://localhost:"
              + server.tlsPort()
              + (ca == null ? "  (your certificate)" : "  (CA: " + ca + ")"));
    }
    if (server.managementPort() != 0) {
      System.out.println("  management on " + server.managementEndpoint());
    }
    System.out.println(
        "Credentials: "
            + runFile
            + "  (eval \"$(./gatehouse "
            + env(server.port(), options.storage().data())
            + ")\")");
    System.out.println("Ready.");
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

package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.userpool.pool.Issuers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse up}: runs the server until it is told to stop. */
@Command(name = "up", description = "Run the server.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "9400",
      description = "Port to listen on (${DEFAULT-VALUE}).")
  private int port = 9400;

  @Option(
      names = "--data",
      description = "Folder for everything that is kept (default: ~/.gatehouse).")
  private @Nullable Path data;

  @Option(names = "--ephemeral", description = "Keep nothing.")
  private boolean ephemeral;

  @Option(names = "--public-url", description = "The address that clients reach this server at.")
  private @Nullable String publicUrl;

  @Option(
      names = "--issuer",
      defaultValue = "own",
      description = "Issuer form of new pools: own, original, updated (${DEFAULT-VALUE}).")
  private String issuer = "own";

  @Option(names = "--account-id", description = "AWS account id in ARNs (000000000000).")
  private @Nullable String accountId;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerOptions options =
        new ServerOptions(
            "127.0.0.1",
            port,
            ephemeral ? null : folder(),
            publicUrl,
            Issuers.Form.valueOf(issuer.toUpperCase(java.util.Locale.ROOT)),
            accountId,
            rootKey());
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Server server = Server.start(options);
      Path runFile =
          options.data() == null ? RunFile.ofPort(server.port()) : RunFile.inFolder(options.data());
      RunFile.of(server.port(), server.rootKey(), server.endpoint()).write(runFile);
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
      System.out.println("Credentials: " + runFile + "  (eval \"$(./gatehouse env)\")");
      System.out.println("Ready.");
      stopped.await();
    } catch (StartRefusedException refused) {
      System.err.println(refused.getMessage());
      return 1;
    }
    return 0;
  }

  private Path folder() throws IOException {
    Path folder = data == null ? Path.of(System.getProperty("user.home"), ".gatehouse") : data;
    return folder.toAbsolutePath();
  }

  private static Optional<RootKey> rootKey() {
    String id = System.getenv("GATEHOUSE_ROOT_ACCESS_KEY_ID");
    String secret = System.getenv("GATEHOUSE_ROOT_SECRET_ACCESS_KEY");
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      throw new StartRefusedException(
          "GATEHOUSE_ROOT_ACCESS_KEY_ID and GATEHOUSE_ROOT_SECRET_ACCESS_KEY go together.");
    }
    return Optional.of(new RootKey(id, Secret.of(secret)));
  }
}

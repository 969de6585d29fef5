package dev.gatehouse.app;

import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.app.KeyRotation.Outcome;
import dev.gatehouse.app.OptionsReader.CommandLine;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Region;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.operations.AuditFile;
import dev.gatehouse.store.StartRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code gatehouse keys …}: changes keys, in the running server, or on its data when none runs
 * (design.md §5).
 */
@Command(
    name = "keys",
    description = "Change the master key, or a pool's signing keys.",
    mixinStandardHelpOptions = true)
final class KeysCommand {
  /** Which server, and where its data are. */
  static final class Where {
    @Mixin private RunningServer server = new RunningServer();

    @Option(names = "--config", description = "Configuration file, when it names the database.")
    private @Nullable Path config;
  }

  @Command(
      name = "rotate-master",
      description = "Wrap every data key by a new master key.",
      mixinStandardHelpOptions = true)
  int rotateMaster(@Mixin Where where) throws IOException, InterruptedException {
    return change(
        where, KeyRoutes.ROTATE_MASTER, rotation -> rotation.master(rotation.atTheData()));
  }

  @Command(
      name = "rotate-signing",
      description = "Make a user pool's next signing keys: published at once, in use a day later.",
      mixinStandardHelpOptions = true)
  int rotateSigning(
      @Mixin Where where,
      @Option(names = "--pool", required = true, description = "The user pool's id.") String pool)
      throws IOException, InterruptedException {
    return change(
        where,
        KeyRoutes.ROTATE_SIGNING + "?pool=" + URLEncoder.encode(pool, StandardCharsets.UTF_8),
        rotation -> rotation.signing(pool, rotation.atTheData()));
  }

  private static int change(Where where, String path, Function<KeyRotation, Outcome> direct)
      throws IOException, InterruptedException {
    Optional<RunFile> running = where.server.find();
    return running.isPresent() ? ask(running.get(), path) : onData(where, direct);
  }

  private static int ask(RunFile run, String path) throws IOException, InterruptedException {
    URI uri = URI.create(run.management() + path);
    Map<String, String> headers =
        new RequestSigner(Region.DEFAULT, Edges.SIGNING_NAME, run.accessKeyId(), run.secret())
            .sign("POST", uri, Map.of(), new byte[0], WallClock.system().now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody());
    headers.forEach((name, value) -> {
      if (!name.equals("Host")) { // the client writes it itself
        request.header(name, value);
      }
    });
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return print(answer.statusCode() == 200, answer.body().strip());
    }
  }

  private static int onData(Where where, Function<KeyRotation, Outcome> direct) {
    try {
      ServerOptions options =
          OptionsReader.read(
              CommandLine.ofData(where.server.data(), where.config), System.getenv());
      Storage storage = options.storage();
      Path data = storage.data();
      if (data != null && !Files.isDirectory(data)) {
        throw new StartRefusedException(
            "There is no data folder "
                + data
                + ", and no server of yours runs on the port. Say --data.");
      }
      try (GroundFloor ground =
          new GroundFloor(
              storage, options.accountId(), Meter.none(), new WorkTally(), statement -> {})) {
        AuditLog audit =
            options.audit() instanceof AuditTo.Folder(Path folder)
                ? AuditFile.in(folder, ground.wall)
                : AuditLog.none();
        Outcome outcome = direct.apply(KeyRotation.of(ground, audit));
        return print(outcome instanceof Outcome.Done, outcome.words());
      }
    } catch (StartRefusedException refused) {
      return print(false, String.valueOf(refused.getMessage()));
    }
  }

  private static int print(boolean done, String words) {
    (done ? System.out : System.err).println(words);
    return done ? 0 : 1;
  }
}

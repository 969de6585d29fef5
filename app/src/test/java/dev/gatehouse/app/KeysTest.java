package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Calls.Answer;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys are changed by who holds the root key, or the data; what was sealed or signed stays good.
 */
class KeysTest {
  @TempDir Path folder;

  private ServerOptions onFolder() {
    return ServerOptions.ephemeral()
        .with(new Storage(folder, null))
        .with(new AuditTo.Folder(folder.resolve("audit")));
  }

  private static String newPool(Calls calls) {
    return calls.operation("CreateUserPool", "{\"PoolName\":\"p\"}").member("Id");
  }

  private static int publishedKeys(Calls calls, String pool) {
    String jwks = calls.send("GET", "/" + pool + "/.well-known/jwks.json", "", Map.of()).body();
    return jwks.split("\"kid\"", -1).length - 1;
  }

  @Test
  void signing_keys_are_published_a_day_before_they_sign() {
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      String pool = newPool(calls);
      assertThat(publishedKeys(calls, pool)).isEqualTo(2);
      Answer answer = calls.managing("POST", KeyRoutes.ROTATE_SIGNING + "?pool=" + pool);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(publishedKeys(calls, pool)).isEqualTo(4);
      server.clock().advance(Duration.ofDays(3));
      assertThat(publishedKeys(calls, pool)).isEqualTo(2);
    }
  }

  @Test
  void without_the_root_keys_signature_nothing_changes() {
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      String pool = newPool(calls);
      String other = newPool(calls);
      String path = KeyRoutes.ROTATE_SIGNING + "?pool=";
      assertThat(calls.send("POST", path + pool, "", Map.of()).status()).isEqualTo(403);
      Map<String, String> signed = calls.signed("POST", path + other);
      assertThat(calls.send("POST", path + pool, "", signed).status())
          .as("a signature for another pool")
          .isEqualTo(403);
      assertThat(calls.send("POST", KeyRoutes.ROTATE_MASTER, "", Map.of()).status()).isEqualTo(403);
      assertThat(publishedKeys(calls, pool)).isEqualTo(2);
      assertThat(calls.send("POST", path + other, "", signed).status()).isEqualTo(200);
    }
  }

  @Test
  void what_cannot_be_done_is_told() {
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      Answer unknown = calls.managing("POST", KeyRoutes.ROTATE_SIGNING + "?pool=us-east-1_None");
      assertThat(unknown.status()).isEqualTo(409);
      assertThat(unknown.body()).contains("There is no user pool us-east-1_None");
      assertThat(calls.managing("POST", KeyRoutes.ROTATE_SIGNING).status()).isEqualTo(400);
      Answer master = calls.managing("POST", KeyRoutes.ROTATE_MASTER);
      assertThat(master.status()).isEqualTo(409);
      assertThat(master.body()).contains("ephemeral");
    }
  }

  @Test
  void the_running_server_changes_its_master_key_and_goes_on() throws IOException {
    String pool;
    String before = null;
    try (Server server = Server.start(onFolder());
        Calls calls = Calls.to(server)) {
      pool = newPool(calls);
      before = Files.readString(folder.resolve("master.key"));
      RunFile.of(server).write(RunFile.inFolder(folder));
      assertThat(run("keys", "rotate-master", "--data", folder, "--port", server.port()))
          .contains("data keys are wrapped anew");
      assertThat(Files.readString(folder.resolve("master.key"))).isNotEqualTo(before);
      assertThat(publishedKeys(calls, pool)).isEqualTo(2);
      assertThat(newPool(calls)).isNotEmpty();
      assertThat(audit())
          .contains("\"operation\":\"CreateUserPool\",\"poolId\":\"" + pool + "\"")
          .contains("\"operation\":\"keys.rotate-master\"")
          .contains("\"accessKeyId\":\"" + server.rootKey().id() + "\"")
          .doesNotContain(Files.readString(folder.resolve("master.key")).strip());
    }
    try (Server again = Server.start(onFolder());
        Calls calls = Calls.to(again)) {
      assertThat(publishedKeys(calls, pool)).isEqualTo(2);
    }
  }

  @Test
  void with_no_server_running_the_data_are_opened() throws IOException {
    String pool;
    try (Server server = Server.start(onFolder());
        Calls calls = Calls.to(server)) {
      pool = newPool(calls);
      // in use, and no run.json: refused, and nothing was changed
      String before = Files.readString(folder.resolve("master.key"));
      assertThat(run("keys", "rotate-master", "--data", folder, "--port", 1))
          .contains("in use by another Gatehouse");
      assertThat(Files.readString(folder.resolve("master.key"))).isEqualTo(before);
    }
    String before = Files.readString(folder.resolve("master.key"));
    assertThat(run("keys", "rotate-master", "--data", folder, "--port", 1))
        .contains("wrapped anew");
    assertThat(Files.readString(folder.resolve("master.key"))).isNotEqualTo(before);
    assertThat(run("keys", "rotate-signing", "--pool", pool, "--data", folder, "--port", 1))
        .contains("are published from now on");
    assertThat(run("keys", "rotate-signing", "--pool", "x", "--data", folder, "--port", 1))
        .contains("There is no user pool x");
    assertThat(run("keys", "rotate-master", "--data", folder.resolve("typo"), "--port", 1))
        .contains("There is no data folder");
    assertThat(folder.resolve("typo")).doesNotExist();
    try (Server again = Server.start(onFolder());
        Calls calls = Calls.to(again)) {
      assertThat(publishedKeys(calls, pool)).isEqualTo(4);
    }
  }

  /** All audit lines; files that others cannot read. */
  private String audit() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      StringBuilder lines = new StringBuilder();
      files.forEach(file -> {
        try {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
          lines.append(Files.readString(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return lines.toString();
    }
  }

  /** What a command printed on both streams. */
  static String run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(both, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      System.setErr(stream);
      Main.commandLine().execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return both.toString(StandardCharsets.UTF_8);
  }
}

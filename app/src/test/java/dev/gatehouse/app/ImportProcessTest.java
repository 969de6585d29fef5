package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.Calls.Answer;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports by a server that is a process of its own: killed, and short of memory. */
@Tag("slow")
class ImportProcessTest {
  private static final RootKey KEY =
      new RootKey("AKIAGATEHOUSEIMPORT0", Secret.of("a key for a server that is killed"));

  @TempDir Path folder;

  /** A running program. */
  private record Running(Process process, Calls calls) implements AutoCloseable {
    /** {@code kill -9}. */
    @Override
    public void close() {
      calls.close();
      process.destroyForcibly();
      try {
        process.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Running up(String heap) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                heap,
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "up",
                "--port",
                String.valueOf(port),
                "--data",
                folder.resolve("data").toString())
            .redirectErrorStream(true);
    builder.environment().put("GATEHOUSE_ROOT_ACCESS_KEY_ID", KEY.id());
    builder.environment().put("GATEHOUSE_ROOT_SECRET_ACCESS_KEY", KEY.secret().text());
    Process process = builder.start();
    BufferedReader lines = process.inputReader(UTF_8);
    List<String> printed = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.add(line);
      if (line.equals("Ready.")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(said -> {}));
        return new Running(process, new Calls("http://localhost:" + port, KEY));
      }
    }
    throw new AssertionError(printed.toString());
  }

  private Path file(int rows, IntFunction<String> row) throws IOException {
    Path file = folder.resolve("users.csv");
    try (Writer writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < rows; i++) {
        writer.append(row.apply(i)).append('\n');
      }
    }
    return file;
  }

  private static String newPool(Calls calls) {
    return calls
        .operation("CreateUserPool", "{\"PoolName\":\"p\",\"AutoVerifiedAttributes\":[\"email\"]}")
        .member("Id");
  }

  /** A started job with this file. */
  private static String start(Calls calls, String pool, Path file) throws Exception {
    Answer created =
        calls.operation(
            "CreateUserImportJob",
            """
            {"UserPoolId":"%s","JobName":"j","CloudWatchLogsRoleArn":"arn:aws:iam::000000000000:role/import"}
            """
                .formatted(pool));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(created.member("PreSignedUrl")))
              .PUT(BodyPublishers.ofFile(file))
              .build();
      assertThat(http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    String job = created.member("JobId");
    assertThat(calls.operation("StartUserImportJob", request(pool, job)).member("Status"))
        .isEqualTo("Pending");
    return job;
  }

  private static String request(String pool, String job) {
    return "{\"UserPoolId\":\"%s\",\"JobId\":\"%s\"}".formatted(pool, job);
  }

  private static long number(Answer answer, String member) {
    return Long.parseLong(answer.body().replaceAll("(?s).*\"" + member + "\":([0-9]+).*", "$1"));
  }

  private static Answer awaitImported(Calls calls, String pool, String job, long least) {
    while (true) {
      Answer answer = calls.operation("DescribeUserImportJob", request(pool, job));
      if (number(answer, "ImportedUsers") >= least
          || !List.of("Pending", "InProgress").contains(answer.member("Status"))) {
        return answer;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
    }
  }

  private static String header() {
    return "name,given_name,family_name,middle_name,nickname,preferred_username,profile,picture,website,email,"
        + "email_verified,gender,birthdate,zoneinfo,locale,phone_number,phone_number_verified,address,updated_at,"
        + "cognito:mfa_enabled,cognito:username";
  }

  @Test
  @Shows(
      id = "metering-backup-08",
      says = "a server that is killed goes on with an import, without losing or doubling a row")
  void a_killed_server_goes_on_with_its_import() throws Exception {
    int users = 12_000;
    Path file =
        file(
            users + 1,
            i ->
                i == 0
                    ? header()
                    : ",,,,,,,,,user-%d@example.com,true,,,,,,,,,false,user-%d".formatted(i, i));
    String pool;
    String job;
    long before;
    try (Running first = up("-Xmx256m")) {
      pool = newPool(first.calls());
      job = start(first.calls(), pool, file);
      before = number(awaitImported(first.calls(), pool, job, 1), "ImportedUsers");
    }
    assertThat(before).as("killed on the way").isBetween(1L, users - 1L);
    try (Running second = up("-Xmx256m")) {
      Answer done = awaitImported(second.calls(), pool, job, Long.MAX_VALUE);
      assertThat(done.member("Status")).isEqualTo("Succeeded");
      assertThat(number(done, "ImportedUsers")).isEqualTo(users);
      assertThat(number(done, "SkippedUsers")).as("twice").isZero();
      assertThat(number(done, "FailedUsers")).isZero();
      Answer described =
          second.calls().operation("DescribeUserPool", "{\"UserPoolId\":\"" + pool + "\"}");
      assertThat(number(described, "EstimatedNumberOfUsers")).isEqualTo(users);
    }
  }

  @Test
  @Shows(
      id = "metering-backup-08",
      says = "a file that is larger than the server's heap is imported")
  void a_file_larger_than_the_heap_is_imported() throws Exception {
    int users = 5_500;
    String filling = "x".repeat(2040);
    Path file =
        file(
            users + 1,
            i ->
                i == 0
                    ? header()
                    : ",,,%s,%s,,%s,%s,%s,user-%d@example.com,true,,,,,,,%s,,false,user-%d"
                        .formatted(filling, filling, filling, filling, filling, i, filling, i));
    assertThat(Files.size(file)).isGreaterThan(64 * 1024 * 1024);
    try (Running server = up("-Xmx64m")) {
      String pool = newPool(server.calls());
      String job = start(server.calls(), pool, file);
      Answer done = awaitImported(server.calls(), pool, job, Long.MAX_VALUE);
      assertThat(done.member("Status")).isEqualTo("Succeeded");
      assertThat(number(done, "ImportedUsers")).isEqualTo(users);
    }
  }
}

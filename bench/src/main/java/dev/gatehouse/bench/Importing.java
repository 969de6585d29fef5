package dev.gatehouse.bench;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.GetCSVHeaderRequest;
import dev.gatehouse.model.cognitoidp.StartUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.UserImportJobType;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The largest import that Cognito takes: 500,000 users of e-mail address (an alias), given and
 * family name. How fast, and by how much the server's memory grows over what it is when idle.
 */
final class Importing {
  private static final int MOST = 500_000;
  private static final int ROWS_GOAL = 5_000;
  private static final int MEMORY_GOAL_MIB = 100;
  private static final int IDLE_MILLIS = 10_000;
  private static final int LOOK_MILLIS = 200;
  private static final Set<String> RUNNING = Set.of("Pending", "InProgress");

  private final int users;
  private final Report report;

  Importing(int users, Report report) {
    this.users = Math.min(MOST, users);
    this.report = report;
  }

  void measure() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create();
        BuiltServer server = BuiltServer.start(folder.data("import"));
        Connection admin = server.connect()) {
      Scene scene = Scene.create(admin);
      Path file = file(folder.data("users.csv"), admin, scene);
      Thread.sleep(IDLE_MILLIS);
      long idle = server.figures().residentKib();
      UserImportJobType job =
          job(
              admin
                  .call(
                      CognitoIdpOperations.CREATE_USER_IMPORT_JOB,
                      CreateUserImportJobRequest.builder()
                          .userPoolId(scene.poolId())
                          .jobName("bench")
                          .cloudWatchLogsRoleArn("arn:aws:iam::000000000000:role/import")
                          .build())
                  .userImportJob());
      double uploading = upload(Objects.requireNonNull(job.preSignedUrl()), file);
      report.text(
          String.format(
              java.util.Locale.ROOT,
              "%d rows, %.1f MiB, uploaded in %.1f s; VmRSS idle %.1f MiB, after the upload %.1f MiB",
              users,
              Files.size(file) / 1024.0 / 1024,
              uploading,
              idle / 1024.0,
              server.figures().residentKib() / 1024.0));
      run(server, admin, scene, Objects.requireNonNull(job.jobId()), idle);
    }
  }

  private void run(BuiltServer server, Connection admin, Scene scene, String jobId, long idle)
      throws IOException, InterruptedException {
    double cpu = server.figures().cpuSeconds();
    long began = System.nanoTime();
    admin.call(
        CognitoIdpOperations.START_USER_IMPORT_JOB,
        StartUserImportJobRequest.builder().userPoolId(scene.poolId()).jobId(jobId).build());
    long peak = 0;
    UserImportJobType job;
    do {
      Thread.sleep(LOOK_MILLIS);
      peak = Math.max(peak, server.figures().residentKib());
      job =
          job(
              admin
                  .call(
                      CognitoIdpOperations.DESCRIBE_USER_IMPORT_JOB,
                      DescribeUserImportJobRequest.builder()
                          .userPoolId(scene.poolId())
                          .jobId(jobId)
                          .build())
                  .userImportJob());
    } while (RUNNING.contains(String.valueOf(job.status())));
    double seconds = (System.nanoTime() - began) / 1e9;
    report.text(
        String.format(
            java.util.Locale.ROOT,
            "%s in %.1f s, %.1f s of CPU: %d imported, %d skipped, %d failed",
            job.status(),
            seconds,
            server.figures().cpuSeconds() - cpu,
            job.importedUsers(),
            job.skippedUsers(),
            job.failedUsers()));
    report.figure(
        "import", users / seconds, "rows/s", "at least " + ROWS_GOAL, users / seconds >= ROWS_GOAL);
    double over = (peak - idle) / 1024.0;
    report.figure(
        "greatest VmRSS over idle",
        over,
        "MiB",
        "under " + MEMORY_GOAL_MIB,
        over < MEMORY_GOAL_MIB);
  }

  private static UserImportJobType job(@org.jspecify.annotations.Nullable UserImportJobType job) {
    return Objects.requireNonNull(job);
  }

  private Path file(Path file, Connection admin, Scene scene) throws IOException {
    List<String> header =
        Objects.requireNonNull(
            admin
                .call(
                    CognitoIdpOperations.GET_CSV_HEADER,
                    GetCSVHeaderRequest.builder().userPoolId(scene.poolId()).build())
                .csvHeader());
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.append(String.join(",", header)).append('\n');
      for (int i = 0; i < users; i++) {
        Map<String, String> row =
            Map.of(
                "cognito:username",
                GrowthLoader.username(i),
                "cognito:mfa_enabled",
                "false",
                "email",
                GrowthLoader.email(i),
                "email_verified",
                "true",
                "given_name",
                "Given-" + i,
                "family_name",
                GrowthLoader.familyName(i));
        writer
            .append(
                header.stream()
                    .map(column -> row.getOrDefault(column, ""))
                    .collect(Collectors.joining(",")))
            .append('\n');
      }
    }
    return file;
  }

  private static double upload(String url, Path file) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofFile(file)).build();
      int status = http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("the upload was answered " + status);
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }
}

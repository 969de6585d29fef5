package dev.gatehouse.userpool;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.GetCSVHeaderRequest;
import dev.gatehouse.model.cognitoidp.PasswordHashingAlgorithmType;
import dev.gatehouse.model.cognitoidp.StartUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.StopUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.UserImportJobType;
import dev.gatehouse.userpool.imports.UploadAddress.Presented;
import dev.gatehouse.userpool.imports.Uploads.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.slf4j.LoggerFactory;

/** A pool that files are imported into, and what the log says of their lines. */
@NullUnmarked
final class ImportScene implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger("import");
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  final UsersFixture fixture;
  final String pool;

  ImportScene(UsersFixture fixture, String pool) {
    this.fixture = fixture;
    this.pool = pool;
    log.setLevel(Level.DEBUG);
    log.setAdditive(false);
    told.start();
    log.addAppender(told);
  }

  List<String> header() {
    return fixture
        .call(
            CognitoIdpOperations.GET_CSV_HEADER,
            GetCSVHeaderRequest.builder().userPoolId(pool).build())
        .csvHeader();
  }

  /** The header row. */
  String head() {
    return String.join(",", header());
  }

  /** A row of the pool's header with these columns; the others are empty. */
  String row(String... columnsAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      values.put(columnsAndValues[i], columnsAndValues[i + 1]);
    }
    return header().stream()
        .map(column -> values.getOrDefault(column, ""))
        .collect(Collectors.joining(","));
  }

  /** A row of a user with a verified e-mail address. */
  String user(String name, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 6);
    String[] own = {
      "cognito:username", name, "email", name + "@example.com", "email_verified", "true"
    };
    System.arraycopy(own, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return row(all);
  }

  UserImportJobType create() {
    return create(null);
  }

  UserImportJobType create(PasswordHashingAlgorithmType algorithm) {
    return fixture
        .call(
            CognitoIdpOperations.CREATE_USER_IMPORT_JOB,
            CreateUserImportJobRequest.builder()
                .userPoolId(pool)
                .jobName("job")
                .cloudWatchLogsRoleArn("arn:aws:iam::000000000000:role/import")
                .passwordHashingAlgorithm(algorithm)
                .build())
        .userImportJob();
  }

  static Presented presented(String url) {
    URI address = URI.create(url);
    Map<String, String> query =
        Arrays.stream(address.getRawQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new Presented(
        query.get("pool"),
        address.getPath().substring("/_upload/".length()),
        query.get("expires"),
        query.get("signature"));
  }

  Outcome upload(UserImportJobType job, byte[] file) {
    return upload(job, new ByteArrayInputStream(file));
  }

  Outcome upload(UserImportJobType job, InputStream file) {
    try {
      return fixture.module.uploads().take(presented(job.preSignedUrl()), file);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  StartUserImportJobRequest start(UserImportJobType job) {
    return StartUserImportJobRequest.builder().userPoolId(pool).jobId(job.jobId()).build();
  }

  StopUserImportJobRequest stop(UserImportJobType job) {
    return StopUserImportJobRequest.builder().userPoolId(pool).jobId(job.jobId()).build();
  }

  UserImportJobType describe(UserImportJobType job) {
    return fixture
        .call(
            CognitoIdpOperations.DESCRIBE_USER_IMPORT_JOB,
            DescribeUserImportJobRequest.builder().userPoolId(pool).jobId(job.jobId()).build())
        .userImportJob();
  }

  /** A job with this file, started and not worked on. */
  UserImportJobType started(PasswordHashingAlgorithmType algorithm, byte[] file) {
    UserImportJobType job = create(algorithm);
    upload(job, file);
    return fixture.call(CognitoIdpOperations.START_USER_IMPORT_JOB, start(job)).userImportJob();
  }

  /** Imports a file to the end. */
  UserImportJobType run(byte[] file) {
    return run(null, file);
  }

  UserImportJobType run(PasswordHashingAlgorithmType algorithm, byte[] file) {
    UserImportJobType job = started(algorithm, file);
    fixture.module.importWorker().runWaiting();
    return describe(job);
  }

  UserImportJobType run(String... lines) {
    return run(String.join("\n", lines).getBytes(UTF_8));
  }

  /** What the log has said of lines, without pool and job. */
  List<String> lines() {
    return List.copyOf(told.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(text -> text.split(" ", 3)[2])
        .filter(text -> text.startsWith("["))
        .toList();
  }

  /** All that the log has said. */
  List<String> log() {
    return List.copyOf(told.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    log.detachAppender(told);
    fixture.close();
  }
}

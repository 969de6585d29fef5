package dev.gatehouse.userpool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.cognitoidp.AddCustomAttributesRequest;
import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.ListUserImportJobsRequest;
import dev.gatehouse.model.cognitoidp.ListUserImportJobsResponse;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.StartUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UserImportJobStatusType;
import dev.gatehouse.model.cognitoidp.UserImportJobType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.userpool.imports.UploadAddress.Presented;
import dev.gatehouse.userpool.imports.Uploads.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states of import jobs, and the uploads of their files. */
@NullUnmarked
class ImportJobsTest {
  private final UsersFixture fixture = new UsersFixture();
  private final ImportScene scene = new ImportScene(fixture, verifying());

  private String verifying() {
    return fixture.pool(
        CreateUserPoolRequest.builder()
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL)));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private byte[] file(String... users) {
    List<String> lines = new ArrayList<>(List.of(scene.head()));
    for (String user : users) {
      lines.add(scene.user(user));
    }
    return String.join("\n", lines).getBytes(UTF_8);
  }

  private long pieces() {
    return fixture.database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM import_chunk").mapTo(Long.class).one());
  }

  @Test
  void aJobGoesItsWay() {
    UserImportJobType created = scene.create();
    assertThat(created.jobId()).matches("import-[0-9A-Za-z]{10}");
    assertThat(created.status()).isEqualTo(UserImportJobStatusType.CREATED);
    assertThat(created.preSignedUrl())
        .startsWith("http://localhost/_upload/" + created.jobId() + "?pool=" + scene.pool);
    assertThat(created.startDate()).isNull();
    assertThat(scene.describe(created)).isEqualTo(created);
    assertThat(scene.upload(created, file("ada"))).isEqualTo(Outcome.STORED);
    UserImportJobType started =
        fixture
            .call(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(created))
            .userImportJob();
    assertThat(started.status()).isEqualTo(UserImportJobStatusType.PENDING);
    assertThat(started.startDate()).isNotNull();
    assertThat(pieces()).isEqualTo(1);
    assertThat(fixture.module.importWorker().runWaiting()).isTrue();
    UserImportJobType done = scene.describe(created);
    assertThat(done.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    assertThat(done.completionDate()).isNotNull();
    assertThat(done.importedUsers()).isEqualTo(1);
    assertThat(pieces()).as("the file is gone").isZero();
    assertThat(fixture.module.importWorker().runWaiting()).isFalse();
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(created)))
        .isEqualTo(
            "PreconditionNotMetException: The user import job cannot be started. Its current status is Succeeded.");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    UserImportJobType job = scene.create();
    String other = verifying();
    String unknown =
        "ResourceNotFoundException: User import job " + job.jobId() + " does not exist.";
    assertThat(
            fixture.refused(
                CognitoIdpOperations.DESCRIBE_USER_IMPORT_JOB,
                DescribeUserImportJobRequest.builder()
                    .userPoolId(other)
                    .jobId(job.jobId())
                    .build()))
        .isEqualTo(unknown);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.START_USER_IMPORT_JOB,
                StartUserImportJobRequest.builder().userPoolId(other).jobId(job.jobId()).build()))
        .isEqualTo(unknown);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.STOP_USER_IMPORT_JOB,
                scene.stop(job.toBuilder().jobId("import-0").build())))
        .startsWith("ResourceNotFoundException");
  }

  @Test
  void aJobStartsWithItsFileOnlyAndOneAtATime() {
    UserImportJobType job = scene.create();
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(job)))
        .isEqualTo(
            "PreconditionNotMetException: No CSV file has been uploaded for the user import job.");
    scene.upload(job, file("ada"));
    fixture.call(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(job));
    ImportScene elsewhere = new ImportScene(fixture, verifying());
    UserImportJobType second = elsewhere.create();
    elsewhere.upload(second, file("bob"));
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, elsewhere.start(second)))
        .isEqualTo("PreconditionNotMetException: Another user import job is running.");
    assertThat(elsewhere.describe(second).status()).isEqualTo(UserImportJobStatusType.CREATED);
    fixture.module.importWorker().runWaiting();
    fixture.call(CognitoIdpOperations.START_USER_IMPORT_JOB, elsewhere.start(second));
    fixture.module.importWorker().runWaiting();
    assertThat(elsewhere.describe(second).importedUsers()).isEqualTo(1);
    assertThat(fixture.status(elsewhere.pool, "bob")).isEqualTo("RESET_REQUIRED");
  }

  @Test
  void aPoolThatVerifiesNothingImportsNothing() {
    ImportScene plain = new ImportScene(fixture, fixture.pool(CreateUserPoolRequest.builder()));
    UserImportJobType job = plain.create();
    plain.upload(job, file("ada"));
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, plain.start(job)))
        .isEqualTo(
            "PreconditionNotMetException: The user pool has no auto verified attributes, so no user can be imported.");
    assertThat(plain.describe(job).status()).isEqualTo(UserImportJobStatusType.CREATED);
  }

  @Test
  void aStoppedJobStaysStopped() {
    UserImportJobType created = scene.create();
    assertThat(fixture.refused(CognitoIdpOperations.STOP_USER_IMPORT_JOB, scene.stop(created)))
        .isEqualTo(
            "PreconditionNotMetException: The user import job cannot be stopped. Its current status is Created.");
    UserImportJobType job = scene.started(null, file("ada"));
    assertThat(
            fixture
                .call(CognitoIdpOperations.STOP_USER_IMPORT_JOB, scene.stop(job))
                .userImportJob()
                .status())
        .isEqualTo(UserImportJobStatusType.STOPPING);
    assertThat(fixture.refused(CognitoIdpOperations.STOP_USER_IMPORT_JOB, scene.stop(job)))
        .contains("Its current status is Stopping.");
    fixture.module.importWorker().runWaiting();
    UserImportJobType stopped = scene.describe(job);
    assertThat(stopped.status()).isEqualTo(UserImportJobStatusType.STOPPED);
    assertThat(stopped.completionMessage())
        .isEqualTo("The Import Job was stopped by the developer.");
    assertThat(stopped.importedUsers()).isZero();
    assertThat(pieces()).isZero();
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(job)))
        .contains("cannot be started");
    assertThat(scene.run(file("ada")).importedUsers()).as("room for the next").isEqualTo(1);
  }

  @Test
  void whatNobodyStartsExpires() {
    UserImportJobType job = scene.create();
    scene.upload(job, file("ada"));
    fixture.clock.advance(Duration.ofHours(23));
    fixture.module.housekeeping().run();
    assertThat(scene.describe(job).status()).isEqualTo(UserImportJobStatusType.CREATED);
    assertThat(pieces()).isEqualTo(1);
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(job)))
        .startsWith("PreconditionNotMetException");
    fixture.module.housekeeping().run();
    assertThat(scene.describe(job).status()).isEqualTo(UserImportJobStatusType.EXPIRED);
    assertThat(scene.describe(job).completionMessage())
        .isEqualTo("The user import job has expired.");
    assertThat(pieces()).isZero();
  }

  @Test
  void aFileIsTakenOnceInTimeAndFromWhoHasTheAddress() throws Exception {
    UserImportJobType job = scene.create();
    Presented good = ImportScene.presented(job.preSignedUrl());
    for (Presented forged :
        List.of(
            new Presented(good.poolId(), good.jobId(), good.expires(), ""),
            new Presented(good.poolId(), good.jobId(), good.expires(), good.signature() + "0"),
            new Presented(good.poolId(), good.jobId(), good.expires() + "0", good.signature()),
            new Presented(good.poolId(), good.jobId(), "x", good.signature()),
            new Presented(good.poolId(), "import-other", good.expires(), good.signature()),
            new Presented("eu-central-1_other", good.jobId(), good.expires(), good.signature()))) {
      assertThat(fixture.module.uploads().take(forged, unread())).isEqualTo(Outcome.FORGED);
    }
    assertThat(scene.upload(job, file("ada"))).isEqualTo(Outcome.STORED);
    assertThat(scene.upload(job, unread())).isEqualTo(Outcome.NOT_WANTED);
    UserImportJobType late = scene.create();
    fixture.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(scene.upload(late, unread())).isEqualTo(Outcome.EXPIRED);
    assertThat(pieces()).isEqualTo(1);
  }

  /** What is done, or thrown, when a body is read on. */
  private static InputStream onRead(Callable<Integer> action) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return action.call();
        } catch (IOException failed) {
          throw failed;
        } catch (Exception other) {
          throw new AssertionError(other);
        }
      }
    };
  }

  private static InputStream unread() {
    return onRead(() -> {
      throw new AssertionError("the body was read");
    });
  }

  @Test
  void anUploadThatBreaksLeavesNothingAndMayBeTriedAgain() {
    UserImportJobType job = scene.create();
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[600_000]),
            onRead(() -> {
              assertThat(pieces()).isEqualTo(2);
              // while it is under way nobody else brings a file, and nobody starts the job
              assertThat(scene.upload(job, unread())).isEqualTo(Outcome.NOT_WANTED);
              assertThat(
                      fixture.refused(CognitoIdpOperations.START_USER_IMPORT_JOB, scene.start(job)))
                  .contains("No CSV file has been uploaded");
              throw new IOException("gone");
            }));
    assertThatThrownBy(() -> scene.upload(job, breaking)).isInstanceOf(UncheckedIOException.class);
    assertThat(pieces()).isZero();
    assertThat(scene.upload(job, file("ada"))).isEqualTo(Outcome.STORED);
  }

  @Test
  void filesAreSealed() {
    UserImportJobType job = scene.create();
    scene.upload(job, file("secret-ada"));
    byte[] stored =
        fixture.database.read(handle ->
            handle.createQuery("SELECT sealed FROM import_chunk").mapTo(byte[].class).one());
    assertThat(new String(stored, UTF_8)).doesNotContain("secret-ada").doesNotContain("email");
  }

  @Test
  void filesOfManyPiecesAreReadWhole() {
    List<String> lines = new ArrayList<>(List.of(scene.head()));
    for (int i = 0; i < 700; i++) {
      lines.add(scene.user("user-" + i, "profile", "\u00e4".repeat(1000)));
    }
    UserImportJobType job = scene.started(null, String.join("\n", lines).getBytes(UTF_8));
    assertThat(pieces()).isGreaterThan(4);
    fixture.module.importWorker().runWaiting();
    assertThat(scene.describe(job).importedUsers()).isEqualTo(700);
    assertThat(UsersFixture.map(fixture.user(scene.pool, "user-699").userAttributes()))
        .containsEntry("profile", "\u00e4".repeat(1000));
  }

  @Test
  void thePoolStaysAsItIsWhileAJobRuns() {
    UserImportJobType job = scene.started(null, file("ada"));
    String running =
        "UserImportInProgressException: A user import is in progress for the user pool.";
    UpdateUserPoolRequest update =
        UpdateUserPoolRequest.builder()
            .userPoolId(scene.pool)
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
            .build();
    AddCustomAttributesRequest attributes =
        AddCustomAttributesRequest.builder()
            .userPoolId(scene.pool)
            .customAttributes(
                List.of(
                    SchemaAttributeType.builder()
                        .name("x")
                        .attributeDataType(AttributeDataType.STRING)
                        .build()))
            .build();
    DeleteUserPoolRequest deletion = DeleteUserPoolRequest.builder().userPoolId(scene.pool).build();
    assertThat(fixture.refused(CognitoIdpOperations.UPDATE_USER_POOL, update)).isEqualTo(running);
    assertThat(fixture.refused(CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, attributes))
        .isEqualTo(running);
    assertThat(fixture.refused(CognitoIdpOperations.DELETE_USER_POOL, deletion)).isEqualTo(running);
    assertThat(scene.header()).doesNotContain("custom:x");
    String other = verifying();
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL, update.toBuilder().userPoolId(other).build());
    fixture.module.importWorker().runWaiting();
    assertThat(scene.describe(job).status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    fixture.call(CognitoIdpOperations.UPDATE_USER_POOL, update);
    fixture.call(CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, attributes);
    assertThat(scene.header()).contains("custom:x");
    scene.upload(scene.create(), file("bob"));
    fixture.call(CognitoIdpOperations.DELETE_USER_POOL, deletion);
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.module.housekeeping().run();
    assertThat(pieces()).as("of a pool that is gone").isZero();
  }

  @Test
  void anEmptiedServerEndsItsJob() {
    scene.started(null, file("ada"));
    fixture.module.poolRemoval().everything(fixture.clock.now());
    assertThat(fixture.module.importWorker().runWaiting()).isFalse();
    assertThat(pieces()).isZero();
  }

  @Test
  void jobsAreListedNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(scene.create().jobId());
      fixture.clock.advance(Duration.ofMillis(3));
    }
    new ImportScene(fixture, verifying()).create();
    List<String> found = new ArrayList<>();
    String token = null;
    do {
      ListUserImportJobsResponse page =
          fixture.call(
              CognitoIdpOperations.LIST_USER_IMPORT_JOBS,
              ListUserImportJobsRequest.builder()
                  .userPoolId(scene.pool)
                  .maxResults(2)
                  .paginationToken(token)
                  .build());
      page.userImportJobs().forEach(job -> found.add(job.jobId()));
      token = page.paginationToken();
    } while (token != null);
    assertThat(found).isEqualTo(made);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.LIST_USER_IMPORT_JOBS,
                ListUserImportJobsRequest.builder()
                    .userPoolId(scene.pool)
                    .maxResults(2)
                    .paginationToken("forged")
                    .build()))
        .isEqualTo("InvalidParameterException: Invalid pagination token.");
  }

  @Test
  void aPoolHasAThousandJobs() {
    for (int i = 0; i < 1000; i++) {
      scene.create();
    }
    assertThat(
            fixture.refused(
                CognitoIdpOperations.CREATE_USER_IMPORT_JOB,
                CreateUserImportJobRequest.builder()
                    .userPoolId(scene.pool)
                    .jobName("job")
                    .cloudWatchLogsRoleArn("arn:aws:iam::000000000000:role/import")
                    .build()))
        .startsWith("LimitExceededException");
    new ImportScene(fixture, verifying()).create();
  }

  @Test
  void ofTwoNodesOneHasTheJobAndNoRowIsLostOrDoubled() throws Exception {
    List<String> lines = new ArrayList<>(List.of(scene.head()));
    for (int i = 0; i < 6000; i++) {
      lines.add(scene.user("user-" + i));
    }
    UserImportJobType job = scene.started(null, String.join("\n", lines).getBytes(UTF_8));
    try (var one = fixture.anotherImportWorker();
        var two = fixture.anotherImportWorker()) {
      List<Thread> nodes =
          List.of(
              Thread.ofVirtual().start(one::runWaiting), Thread.ofVirtual().start(two::runWaiting));
      // the lease of whoever has it ends again and again under its hands
      while (nodes.stream().anyMatch(Thread::isAlive)
          || scene.describe(job).status().equals(UserImportJobStatusType.IN_PROGRESS)) {
        fixture.clock.advance(Duration.ofSeconds(11));
        one.runWaiting();
        Thread.sleep(5);
      }
    }
    UserImportJobType done = scene.describe(job);
    assertThat(done.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    assertThat(List.of(done.importedUsers(), done.skippedUsers(), done.failedUsers()))
        .containsExactly(6000L, 0L, 0L);
    long users =
        fixture.database.read(handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM pool_user WHERE pool_id = :pool")
                .bind("pool", scene.pool)
                .mapTo(Long.class)
                .one());
    assertThat(users).isEqualTo(6000);
    assertThat(pieces()).isZero();
  }
}

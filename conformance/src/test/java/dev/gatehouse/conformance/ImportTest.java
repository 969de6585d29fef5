package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.BouncyCastleArgon2id;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Differs;
import dev.gatehouse.testkit.Shows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

/** User import by the AWS SDK, and the upload by an HTTP client. */
@ExtendWith(TestServer.Extension.class)
class ImportTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/import";
  private static final Set<UserImportJobStatusType> RUNNING =
      EnumSet.of(
          UserImportJobStatusType.PENDING,
          UserImportJobStatusType.IN_PROGRESS,
          UserImportJobStatusType.STOPPING);

  /** All of {@link Scene#PASSWORD}; made by libcrypt and Python's hashlib. */
  private static final String BCRYPT =
      "$2b$05$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG";

  private static final String SCRYPT =
      "1024$8$1$000102030405060708090a0b0c0d0e0f$079ad5331a4c4de8a0ac08f4a4f3f63740460683c4669a5cdc397cd15cb7968c";
  private static final String PBKDF2 =
      "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8";

  private final TestServer server;
  private final Scene scene;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Logger log = (Logger) LoggerFactory.getLogger("import");
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  ImportTest(TestServer server) {
    this.server = server;
    this.scene = Scene.of(server);
  }

  @BeforeEach
  void listen() {
    log.setLevel(Level.DEBUG);
    told.start();
    log.addAppender(told);
  }

  @AfterEach
  void close() {
    log.detachAppender(told);
    http.close();
  }

  private List<String> header() {
    return scene.admin().getCSVHeader(r -> r.userPoolId(scene.poolId)).csvHeader();
  }

  private static String row(List<String> header, String... columnsAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      values.put(columnsAndValues[i], columnsAndValues[i + 1]);
    }
    return header.stream()
        .map(column -> values.getOrDefault(column, ""))
        .collect(Collectors.joining(","));
  }

  private UserImportJobType create(PasswordHashingAlgorithmType algorithm) {
    return scene
        .admin()
        .createUserImportJob(r ->
            r.userPoolId(scene.poolId)
                .jobName("job")
                .cloudWatchLogsRoleArn(ROLE)
                .passwordHashingAlgorithm(algorithm))
        .userImportJob();
  }

  private int put(String url, String file) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("x-amz-server-side-encryption", "aws:kms")
            .PUT(BodyPublishers.ofString(file))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private UserImportJobType start(UserImportJobType job) {
    return scene
        .admin()
        .startUserImportJob(r -> r.userPoolId(scene.poolId).jobId(job.jobId()))
        .userImportJob();
  }

  private UserImportJobType describe(UserImportJobType job) {
    return scene
        .admin()
        .describeUserImportJob(r -> r.userPoolId(scene.poolId).jobId(job.jobId()))
        .userImportJob();
  }

  private UserImportJobType ended(UserImportJobType job) {
    for (int i = 0; i < 400; i++) {
      UserImportJobType now = describe(job);
      if (!RUNNING.contains(now.status())) {
        return now;
      }
      pause();
    }
    throw new AssertionError("the job does not end: " + describe(job));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private UserImportJobType run(PasswordHashingAlgorithmType algorithm, List<String> lines) {
    UserImportJobType job = create(algorithm);
    assertThat(put(job.preSignedUrl(), String.join("\n", lines))).isEqualTo(200);
    start(job);
    return ended(job);
  }

  /** What the log has said of the job's lines. */
  private List<String> lines(UserImportJobType job) {
    String prefix = scene.poolId + " " + job.jobId() + " ";
    return List.copyOf(told.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(text -> text.startsWith(prefix + "["))
        .map(text -> text.substring(prefix.length()))
        .toList();
  }

  private static String[] user(String name, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "cognito:username",
                name,
                "email",
                name + "@example.com",
                "email_verified",
                "true",
                "cognito:mfa_enabled",
                "false"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  @Shows(
      id = "userpool-09",
      says = "GetCSVHeader answers the columns in Cognito's order, custom attributes included")
  void headerOrder() {
    scene
        .admin()
        .addCustomAttributes(r ->
            r.userPoolId(scene.poolId)
                .customAttributes(
                    SchemaAttributeType.builder()
                        .name("level")
                        .attributeDataType(AttributeDataType.STRING)
                        .build()));
    GetCsvHeaderResponse answer = scene.admin().getCSVHeader(r -> r.userPoolId(scene.poolId));
    assertThat(answer.userPoolId()).isEqualTo(scene.poolId);
    assertThat(String.join(" ", answer.csvHeader()))
        .isEqualTo(
            "name given_name family_name middle_name nickname preferred_username profile picture website email"
                + " email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at"
                + " custom:level cognito:mfa_enabled cognito:username");
    assertThatThrownBy(() -> scene.admin().getCSVHeader(r -> r.userPoolId("us-east-1_nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  @Shows(
      id = "userpool-09",
      says =
          "an import job goes from Created over Pending and InProgress to Succeeded, or to Failed, Stopped or Expired; what does not fit its status is refused")
  void statusSequence() {
    List<String> header = header();
    UserImportJobType created = create(null);
    assertThat(created.status()).isEqualTo(UserImportJobStatusType.CREATED);
    assertThat(created.cloudWatchLogsRoleArn()).isEqualTo(ROLE);
    assertThatThrownBy(() -> start(created)).isInstanceOf(PreconditionNotMetException.class);
    assertThatThrownBy(() ->
            scene.admin().stopUserImportJob(r -> r.userPoolId(scene.poolId).jobId(created.jobId())))
        .isInstanceOf(PreconditionNotMetException.class);
    StringBuilder file = new StringBuilder(String.join(",", header)).append('\n');
    for (int i = 0; i < 20_000; i++) {
      file.append(row(header, user("user-" + i))).append('\n');
    }
    assertThat(put(created.preSignedUrl().replace("signature=", "signature=0"), "x"))
        .isEqualTo(403);
    assertThat(put(created.preSignedUrl(), file.toString())).isEqualTo(200);
    assertThat(put(created.preSignedUrl(), "another")).as("one file for a job").isEqualTo(409);
    assertThat(start(created).status()).isEqualTo(UserImportJobStatusType.PENDING);
    assertThatThrownBy(() -> start(created)).isInstanceOf(PreconditionNotMetException.class);
    // progress is there to be seen, and the pool is kept as it is
    UserImportJobType running = describe(created);
    while (running.importedUsers() == 0) {
      pause();
      running = describe(created);
    }
    assertThat(running.status()).isEqualTo(UserImportJobStatusType.IN_PROGRESS);
    assertThat(running.importedUsers()).isLessThan(20_000);
    assertThatThrownBy(() -> scene.admin().deleteUserPool(r -> r.userPoolId(scene.poolId)))
        .isInstanceOf(UserImportInProgressException.class);
    assertThatThrownBy(() -> scene.admin().updateUserPool(r -> r.userPoolId(scene.poolId)))
        .isInstanceOf(UserImportInProgressException.class);
    assertThat(
            scene
                .admin()
                .stopUserImportJob(r -> r.userPoolId(scene.poolId).jobId(created.jobId()))
                .userImportJob()
                .status())
        .isEqualTo(UserImportJobStatusType.STOPPING);
    UserImportJobType stopped = ended(created);
    assertThat(stopped.status()).isEqualTo(UserImportJobStatusType.STOPPED);
    assertThat(stopped.completionMessage())
        .isEqualTo("The Import Job was stopped by the developer.");
    assertThat(stopped.importedUsers()).isBetween(1L, 19_999L);
    UserImportJobType done =
        run(null, List.of(String.join(",", header), row(header, user("one-more"))));
    assertThat(done.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    UserImportJobType failed =
        run(null, List.of(String.join(",", header), row(header, user("one-more"))));
    assertThat(failed.status()).isEqualTo(UserImportJobStatusType.FAILED);
    assertThat(failed.completionMessage())
        .isEqualTo("Too many users have failed or been skipped during the import.");
    assertThat(
            scene
                .admin()
                .listUserImportJobs(r -> r.userPoolId(scene.poolId).maxResults(60))
                .userImportJobs())
        .extracting(UserImportJobType::jobId)
        .containsExactly(failed.jobId(), done.jobId(), created.jobId());
  }

  @Test
  @Shows(
      id = "userpool-09",
      says =
          "an import counts and logs what became of each row: imported, skipped, failed, by line number")
  @Shows(
      id = "userpool-09",
      says =
          "imported users are RESET_REQUIRED, must reset their password before they sign in, and get no message")
  @Shows(
      id = "metering-backup-08",
      says = "imported users are RESET_REQUIRED and sign in after ForgotPassword")
  @Differs(
      number = 15,
      in = "Where an import's file and its log go",
      cognito =
          "The file goes to a bucket of S3, the log to CloudWatch under CloudWatchLogsRoleArn.",
      here =
          "PreSignedUrl is an address of this server, with or without the header x-amz-server-side-encryption; the lines go to the server's log.",
      why = "There is neither S3 nor CloudWatch.")
  void countersLinesAndUsers() {
    Scene telling =
        scene.withClient(r -> r.preventUserExistenceErrors(PreventUserExistenceErrorTypes.LEGACY));
    List<String> header = header();
    String name = Scene.newName();
    String there = scene.newUser();
    UserImportJobType job =
        run(
            null,
            List.of(
                String.join(",", header),
                row(header, user(name, "name", "Lovelace\\, Ada")),
                row(header, user(there)),
                row(header, user("other", "email_verified", "false"))));
    assertThat(job.importedUsers()).isEqualTo(1);
    assertThat(job.skippedUsers()).isEqualTo(1);
    assertThat(job.failedUsers()).isEqualTo(1);
    assertThat(lines(job))
        .containsExactly(
            "[SUCCEEDED] Line Number 2 - The import succeeded.",
            "[SKIPPED] Line Number 3 - The user already exists.",
            "[FAILED] Line Number 4 - The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).");
    AdminGetUserResponse user =
        scene.admin().adminGetUser(r -> r.userPoolId(scene.poolId).username(name));
    assertThat(user.userStatus()).isEqualTo(UserStatusType.RESET_REQUIRED);
    assertThat(user.userAttributes()).contains(Scene.attribute("name", "Lovelace, Ada"));
    assertThat(server.messagesTo(Scene.emailOf(name))).isEmpty();
    assertThatThrownBy(() -> telling.beginWithPassword(name, Scene.PASSWORD))
        .isInstanceOf(PasswordResetRequiredException.class)
        .hasMessageContaining("Password reset required for the user");
    scene.anonymous().forgotPassword(r -> r.clientId(telling.clientId()).username(name));
    String code = server.codeSentTo(Scene.emailOf(name));
    scene
        .anonymous()
        .confirmForgotPassword(r ->
            r.clientId(telling.clientId())
                .username(name)
                .confirmationCode(code)
                .password(Scene.PASSWORD));
    assertThat(telling.signIn(name, Scene.PASSWORD).accessToken()).isNotNull();
    assertThat(telling.signInWithSrp(name, Scene.PASSWORD, Scene.Habit.AMPLIFY).accessToken())
        .isNotNull();
  }

  @Test
  @Shows(
      id = "metering-backup-08",
      says = "each rule of an import file that a row breaks is told with the row's line number")
  void rulesByLine() {
    List<String> header = header();
    UserImportJobType job =
        run(
            null,
            List.of(
                String.join(",", header),
                row(header, user("a", "cognito:username", "")),
                row(header, user("a b")),
                row(header, user("c", "cognito:mfa_enabled", "true")),
                row(header, user("d", "email", "")),
                row(header, user("e", "birthdate", "1996-02-29")),
                row(header, user("f", "updated_at", "yesterday")),
                row(header, user("g", "name", "Lovelace, Ada")),
                row(header, user("h", "profile", "x".repeat(16_000))),
                row(header, user("i"))));
    assertThat(lines(job))
        .containsExactly(
            "[FAILED] Line Number 2 - The User Record has no value for cognito:username.",
            "[FAILED] Line Number 3 - The username contains spaces or tabs.",
            "[FAILED] Line Number 4 - MFA is off in the user pool: cognito:mfa_enabled has to be false.",
            "[FAILED] Line Number 5 - The User Record sets email_verified to true and has no email.",
            "[FAILED] Line Number 6 - The value of birthdate is no date of the form mm/dd/yyyy.",
            "[FAILED] Line Number 7 - The value of updated_at is not in seconds since 1970.",
            "[FAILED] Line Number 8 - The row has 22 columns, the header 21. A comma inside a value is written \\, and there is no quoting.",
            "[FAILED] Line Number 9 - The row has more than 16000 characters.",
            "[SUCCEEDED] Line Number 10 - The import succeeded.");
    UserImportJobType bom = run(null, List.of("\uFEFF" + String.join(",", header)));
    assertThat(lines(bom))
        .containsExactly("[FAILED] Line Number 1 - The file begins with a byte order mark.");
    UserImportJobType missing = run(null, List.of("email,email_verified"));
    assertThat(missing.status()).isEqualTo(UserImportJobStatusType.FAILED);
    assertThat(lines(missing))
        .containsExactly("[FAILED] Line Number 1 - The header misses the column address.");
  }

  @Test
  @Shows(id = "triggers-11", says = "a CSV import runs no triggers")
  void noTriggers() {
    String function = "arn:aws:lambda:us-east-1:000000000000:function:nowhere";
    scene
        .admin()
        .updateUserPool(r ->
            r.userPoolId(scene.poolId)
                .autoVerifiedAttributes(VerifiedAttributeType.EMAIL)
                .lambdaConfig(l ->
                    l.preSignUp(function)
                        .postConfirmation(function)
                        .customMessage(function)
                        .userMigration(function)));
    List<String> header = header();
    UserImportJobType job = run(null, List.of(String.join(",", header), row(header, user("ada"))));
    assertThat(job.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    assertThat(job.importedUsers()).isEqualTo(1);
    // the same pool does call it where a trigger has its place
    assertThatThrownBy(
            () -> scene.admin().adminCreateUser(r -> r.userPoolId(scene.poolId).username("bob")))
        .isInstanceOf(CognitoIdentityProviderException.class);
  }

  private List<String> withHashes(String... namesAndHashes) {
    List<String> header = new ArrayList<>(header());
    header.add("password_hash");
    List<String> lines = new ArrayList<>(List.of(String.join(",", header)));
    for (int i = 0; i < namesAndHashes.length; i += 2) {
      // PHC strings hold commas
      String hash = namesAndHashes[i + 1].replace(",", "\\,");
      lines.add(row(header, user(namesAndHashes[i], "password_hash", hash)));
    }
    return lines;
  }

  private void keepsItsPassword(PasswordHashingAlgorithmType algorithm, String hash) {
    String name = Scene.newName();
    String reset = Scene.newName();
    UserImportJobType job = run(algorithm, withHashes(name, hash, reset, ""));
    assertThat(job.passwordHashingAlgorithm()).isEqualTo(algorithm);
    assertThat(job.importedUsers()).as(lines(job).toString()).isEqualTo(2);
    assertThat(
            scene.admin().adminGetUser(r -> r.userPoolId(scene.poolId).username(name)).userStatus())
        .isEqualTo(UserStatusType.CONFIRMED);
    assertThat(
            scene
                .admin()
                .adminGetUser(r -> r.userPoolId(scene.poolId).username(reset))
                .userStatus())
        .isEqualTo(UserStatusType.RESET_REQUIRED);
    // SRP before the password was shown is a wrong password, of the same form
    Scene.SrpRound early = scene.new SrpRound(name);
    assertThat(early.challenge.challengeParameters().get("USER_ID_FOR_SRP")).isEqualTo(name);
    assertThat(early.challenge.challengeParameters().get("SALT")).isNotBlank();
    assertThatThrownBy(() -> early.answer(Scene.PASSWORD, Scene.Habit.AMPLIFY))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThatThrownBy(() -> scene.signIn(name, "Wr0ng-password"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Incorrect username or password.");
    assertThatThrownBy(() -> scene.signInWithSrp(name, Scene.PASSWORD, Scene.Habit.PYCOGNITO))
        .as("a wrong password converts nothing")
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(scene.signIn(name, Scene.PASSWORD).accessToken()).isNotNull();
    assertThat(scene.signInWithSrp(name, Scene.PASSWORD, Scene.Habit.AMPLIFY).accessToken())
        .isNotNull();
    assertThat(scene.signIn(name, Scene.PASSWORD).accessToken()).isNotNull();
    assertThatThrownBy(() -> scene.signInWithSrp(name, "Wr0ng-password", Scene.Habit.AMPLIFY))
        .isInstanceOf(NotAuthorizedException.class);
    assertThatThrownBy(() -> scene.signIn(reset, Scene.PASSWORD))
        .isInstanceOfAny(PasswordResetRequiredException.class, NotAuthorizedException.class);
  }

  @Test
  @Shows(
      id = "new-2026-13",
      says = "users imported with a bcrypt hash keep their password: in clear first, then by SRP")
  @Shows(id = "metering-backup-08", says = "an import brings bcrypt hashes of passwords")
  void bcrypt() {
    keepsItsPassword(PasswordHashingAlgorithmType.BCRYPT, BCRYPT);
  }

  @Test
  @Shows(
      id = "new-2026-13",
      says = "users imported with an scrypt hash keep their password: in clear first, then by SRP")
  @Shows(id = "metering-backup-08", says = "an import brings scrypt hashes of passwords")
  void scrypt() {
    keepsItsPassword(PasswordHashingAlgorithmType.SCRYPT, SCRYPT);
  }

  @Test
  @Shows(
      id = "new-2026-13",
      says =
          "users imported with an Argon2id hash keep their password: in clear first, then by SRP")
  @Shows(id = "metering-backup-08", says = "an import brings Argon2id hashes of passwords")
  void argon2id() {
    keepsItsPassword(
        PasswordHashingAlgorithmType.ARGON2_ID,
        new Argon2PasswordHasher(
                new BouncyCastleArgon2id(),
                new Argon2Parameters(1024, 1, 1),
                new SecureRandom(),
                new WorkTally())
            .hash(Secret.of(Scene.PASSWORD)));
  }

  @Test
  @Shows(
      id = "new-2026-13",
      says =
          "users imported with a PBKDF2-SHA256 hash keep their password: in clear first, then by SRP")
  @Shows(id = "metering-backup-08", says = "an import brings PBKDF2-SHA256 hashes of passwords")
  void pbkdf2() {
    keepsItsPassword(PasswordHashingAlgorithmType.PBKDF2_SHA256, PBKDF2);
  }

  @Test
  @Shows(
      id = "new-2026-13",
      says =
          "a password hash that costs more than its algorithm's ceiling, or is none, fails its row; an empty one means a reset")
  void ceilings() {
    String argon2 = "$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8";
    Map<PasswordHashingAlgorithmType, List<String>> tooMuch =
        Map.of(
            PasswordHashingAlgorithmType.BCRYPT,
            List.of(BCRYPT.replace("$05$", "$13$")),
            PasswordHashingAlgorithmType.SCRYPT,
            List.of(
                SCRYPT.replace("1024$8$1", "131072$8$1"),
                SCRYPT.replace("1024$8$1", "65536$9$1"),
                SCRYPT.replace("1024$8$1", "65536$8$2")),
            PasswordHashingAlgorithmType.ARGON2_ID,
            List.of(
                "$argon2id$v=19$m=19457,t=2,p=1" + argon2,
                "$argon2id$v=19$m=19456,t=3,p=1" + argon2,
                "$argon2id$v=19$m=19456,t=2,p=2" + argon2),
            PasswordHashingAlgorithmType.PBKDF2_SHA256,
            List.of(PBKDF2.replace("$1000$", "$600001$")));
    tooMuch.forEach((algorithm, hashes) -> {
      String empty = Scene.newName();
      List<String> cells = new ArrayList<>();
      hashes.forEach(hash -> cells.addAll(List.of(Scene.newName(), hash)));
      cells.addAll(List.of(Scene.newName(), "no-hash", empty, ""));
      UserImportJobType job = run(algorithm, withHashes(cells.toArray(String[]::new)));
      List<String> expected = new ArrayList<>();
      for (int line = 2; line < hashes.size() + 2; line++) {
        expected.add(
            "[FAILED] Line Number " + line + " - The password hash costs more than is allowed.");
      }
      expected.add(
          "[FAILED] Line Number "
              + (hashes.size() + 2)
              + " - The password hash is no hash of "
              + algorithm
              + ".");
      expected.add("[SUCCEEDED] Line Number " + (hashes.size() + 3) + " - The import succeeded.");
      assertThat(lines(job)).isEqualTo(expected);
      assertThat(
              scene
                  .admin()
                  .adminGetUser(r -> r.userPoolId(scene.poolId).username(empty))
                  .userStatus())
          .isEqualTo(UserStatusType.RESET_REQUIRED);
    });
    UserImportJobType without =
        run(
            PasswordHashingAlgorithmType.BCRYPT,
            List.of(String.join(",", header()), row(header(), user("ada"))));
    assertThat(without.status()).isEqualTo(UserImportJobStatusType.FAILED);
    assertThat(lines(without))
        .containsExactly("[FAILED] Line Number 1 - The header misses the column password_hash.");
  }
}

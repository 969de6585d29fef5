package dev.gatehouse.userpool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.NumberAttributeConstraintsType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.SoftwareTokenMfaConfigType;
import dev.gatehouse.model.cognitoidp.UserImportJobStatusType;
import dev.gatehouse.model.cognitoidp.UserImportJobType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of import files, and what the log says of each. */
@NullUnmarked
class ImportRowsTest {
  private final ImportScene scene = scene(CreateUserPoolRequest.builder());

  private static ImportScene scene(CreateUserPoolRequest.Builder pool) {
    UsersFixture fixture = new UsersFixture();
    return new ImportScene(
        fixture, fixture.pool(pool.autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void rowsBecomeUsers() {
    String columns =
        "cognito:username,email_verified,email,cognito:mfa_enabled,"
            + scene.header().stream()
                .filter(name -> !name.matches("cognito:.*|email|email_verified"))
                .collect(Collectors.joining(","));
    String[] cells = new String[scene.header().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = "";
    }
    cells[0] = " ada ";
    cells[1] = "TRUE";
    cells[2] = "ada@example.com";
    cells[3] = "false";
    List<String> names = List.of(columns.split(","));
    cells[names.indexOf("name")] = "Lovelace\\, Ada";
    cells[names.indexOf("nickname")] = "\"a\\b\"";
    cells[names.indexOf("birthdate")] = "02/29/1996";
    cells[names.indexOf("updated_at")] = "1700000000";
    UserImportJobType job = scene.run(columns + "\r\n" + String.join(",", cells) + "\r\n\r\n");
    assertThat(job.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
    assertThat(job.importedUsers()).isEqualTo(1);
    assertThat(job.completionMessage()).isEqualTo("Import Job Completed Successfully.");
    Map<String, String> ada =
        UsersFixture.map(scene.fixture.user(scene.pool, "ada").userAttributes());
    assertThat(ada)
        .containsEntry("name", "Lovelace, Ada")
        .containsEntry("nickname", "\"a\\b\"")
        .containsEntry("email_verified", "true")
        .containsEntry("birthdate", "02/29/1996")
        .containsEntry("updated_at", "1700000000")
        .doesNotContainKeys("family_name", "phone_number_verified", "cognito:mfa_enabled");
    assertThat(scene.fixture.status(scene.pool, "ada")).isEqualTo("RESET_REQUIRED");
    assertThat(scene.lines()).containsExactly("[SUCCEEDED] Line Number 2 - The import succeeded.");
  }

  /** What is changed in a row that is good otherwise, and what is said of it then. */
  private static final List<String> BROKEN =
      List.of(
          "email_verified=false | The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
          "email_verified= | The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
          "email= | The User Record sets email_verified to true and has no email.",
          "phone_number_verified=true | The User Record sets phone_number_verified to true and has no phone_number.",
          "email_verified=yes | The value of email_verified is neither true nor false.",
          "cognito:mfa_enabled=1 | The value of cognito:mfa_enabled is neither true nor false.",
          "cognito:mfa_enabled=true | MFA is off in the user pool: cognito:mfa_enabled has to be false.",
          "cognito:username= | The User Record has no value for cognito:username.",
          "cognito:username=a b | The username contains spaces or tabs.",
          "cognito:username=a\tb | The username contains spaces or tabs.",
          "cognito:username=a\u200bb | The username contains a character that is not allowed.",
          "birthdate=1996-02-29 | The value of birthdate is no date of the form mm/dd/yyyy.",
          "birthdate=29/02/1996 | The value of birthdate is no date of the form mm/dd/yyyy.",
          "birthdate=02/29/1997 | The value of birthdate is no date of the form mm/dd/yyyy.",
          "updated_at=2023-11-14T22:13:20Z | The value of updated_at is not in seconds since 1970.",
          "email=ada | Invalid email address format.",
          "phone_number=12 | Invalid phone number format.");

  @Test
  void aBrokenRuleFailsItsRowAlone() {
    List<String> file = new ArrayList<>(List.of(scene.head(), scene.user("before")));
    List<String> expected =
        new ArrayList<>(List.of("[SUCCEEDED] Line Number 2 - The import succeeded."));
    for (String broken : BROKEN) {
      String[] parts = broken.split("=| \\| ", 3);
      file.add(scene.user("ada", parts[0], parts[1]));
      expected.add("[FAILED] Line Number " + file.size() + " - " + parts[2]);
    }
    file.add(scene.user("ada"));
    expected.add("[SUCCEEDED] Line Number " + file.size() + " - The import succeeded.");
    UserImportJobType job = scene.run(file.toArray(String[]::new));
    assertThat(scene.lines()).containsExactlyElementsOf(expected);
    assertThat(List.of(job.importedUsers(), job.skippedUsers(), job.failedUsers()))
        .containsExactly(2L, 0L, (long) BROKEN.size());
    assertThat(job.status()).isEqualTo(UserImportJobStatusType.SUCCEEDED);
  }

  @Test
  void rowsOfAnotherFormFailAlone() {
    String quoted = scene.user("ada").replace("ada@example.com", "\"ada,a@example.com\"");
    String longest = scene.user("abe", "profile", "x".repeat(2048));
    UserImportJobType job =
        scene.run(
            scene.head(),
            quoted,
            "ada",
            scene.user("x".repeat(129)),
            scene.user("ada", "profile", "x".repeat(2049)),
            scene.user("ada", "profile", "x".repeat(16_000)),
            scene.user("ada", "profile", "\u00e4".repeat(60_000)),
            longest + " ".repeat(16_000 - longest.length()),
            longest.replace("abe", "abf") + " ".repeat(16_001 - longest.length()));
    int columns = scene.header().size();
    assertThat(scene.lines())
        .containsExactly(
            "[FAILED] Line Number 2 - The row has "
                + (columns + 1)
                + " columns, the header "
                + columns
                + ". A comma inside a value is written \\, and there is no quoting.",
            "[FAILED] Line Number 3 - The row has 1 columns, the header "
                + columns
                + ". A comma inside a value is written \\, and there is no quoting.",
            "[FAILED] Line Number 4 - The username has more than 128 characters.",
            "[FAILED] Line Number 5 - Attributes did not conform to the schema: profile: String must be no longer than 2048 characters",
            "[FAILED] Line Number 6 - The row has more than 16000 characters.",
            "[FAILED] Line Number 7 - The row has more than 16000 characters.",
            "[SUCCEEDED] Line Number 8 - The import succeeded.",
            "[FAILED] Line Number 9 - The row has more than 16000 characters.");
    assertThat(job.importedUsers()).isEqualTo(1);
    assertThat(job.failedUsers()).isEqualTo(7);
  }

  @Test
  void rowsThatAreNotUtf8FailAlone() {
    byte[] good = (scene.head() + "\n" + scene.user("b\u00e4r") + "\n").getBytes(UTF_8);
    byte[] bad = scene.user("b\u00e4r2").getBytes(ISO_8859_1);
    byte[] file = new byte[good.length + bad.length];
    System.arraycopy(good, 0, file, 0, good.length);
    System.arraycopy(bad, 0, file, good.length, bad.length);
    scene.run(file);
    assertThat(scene.lines())
        .containsExactly(
            "[SUCCEEDED] Line Number 2 - The import succeeded.",
            "[FAILED] Line Number 3 - The row is not encoded in UTF-8.");
    assertThat(scene.fixture.status(scene.pool, "b\u00e4r")).isEqualTo("RESET_REQUIRED");
  }

  @Test
  void existingUsersAreSkippedWhereverTheyCameFrom() {
    scene.run(scene.head(), scene.user("ada"));
    scene.fixture.confirmed(
        scene.pool, "bob", "P@ssw0rd-1", UsersFixture.attributes("email", "bob@example.org"));
    UserImportJobType job =
        scene.run(
            scene.head(), scene.user("ada"), scene.user("bob"), scene.user("cy"), scene.user("cy"));
    assertThat(scene.lines())
        .containsExactly(
            "[SUCCEEDED] Line Number 2 - The import succeeded.",
            "[SKIPPED] Line Number 2 - The user already exists.",
            "[SKIPPED] Line Number 3 - The user already exists.",
            "[SUCCEEDED] Line Number 4 - The import succeeded.",
            "[SKIPPED] Line Number 5 - The user already exists.");
    assertThat(List.of(job.importedUsers(), job.skippedUsers(), job.failedUsers()))
        .containsExactly(1L, 3L, 0L);
    assertThat(scene.fixture.status(scene.pool, "bob"))
        .as("nothing changed")
        .isEqualTo("CONFIRMED");
    assertThat(UsersFixture.map(scene.fixture.user(scene.pool, "bob").userAttributes()))
        .containsEntry("email", "bob@example.org");
  }

  @Test
  void aJobThatImportsNobodyFails() {
    scene.run(scene.head(), scene.user("ada"));
    UserImportJobType again = scene.run(scene.head(), scene.user("ada"));
    assertThat(again.status()).isEqualTo(UserImportJobStatusType.FAILED);
    assertThat(again.completionMessage())
        .isEqualTo("Too many users have failed or been skipped during the import.");
    assertThat(scene.run(scene.head()).status()).isEqualTo(UserImportJobStatusType.FAILED);
  }

  @Test
  void aHeaderThatDoesNotFitFailsTheJob() {
    String head = scene.head();
    Map<String, String> problems = new LinkedHashMap<>();
    problems.put("\uFEFF" + head, "The file begins with a byte order mark.");
    problems.put(head.replace(",email,", ","), "The header misses the column email.");
    problems.put(head + ",email", "The header has a column twice, the second one is column 22.");
    problems.put(
        head + ",sub", "The header has a column that is no attribute of the user pool: column 22.");
    problems.put(
        head + ",password_hash",
        "The header has a column that is no attribute of the user pool: column 22.");
    problems.put("", "The first line is empty.");
    problems.put("x".repeat(16_001), "The row has more than 16000 characters.");
    problems.forEach((header, problem) -> {
      UserImportJobType job = scene.run(header, scene.user("ada"));
      assertThat(job.status()).isEqualTo(UserImportJobStatusType.FAILED);
      assertThat(job.completionMessage())
          .isEqualTo("The header of the CSV file does not fit the user pool.");
      assertThat(scene.lines().getLast()).isEqualTo("[FAILED] Line Number 1 - " + problem);
      assertThat(job.importedUsers()).isZero();
    });
    scene.run(new byte[0]);
    assertThat(scene.lines().getLast()).isEqualTo("[FAILED] Line Number 1 - The file is empty.");
  }

  @Test
  void moreThanHalfAMillionRowsFailBeforeTheFirst() {
    StringBuilder file = new StringBuilder(scene.head()).append('\n');
    file.append(scene.user("ada")).append('\n');
    file.append("x\n\n\r\n".repeat(499_999));
    UserImportJobType tooMany = scene.run(file.append('y').toString().getBytes(UTF_8));
    assertThat(tooMany.status()).isEqualTo(UserImportJobStatusType.FAILED);
    assertThat(tooMany.completionMessage()).isEqualTo("The CSV file has more than 500000 users.");
    assertThat(scene.lines()).isEmpty();
    assertThat(tooMany.failedUsers()).isZero();
  }

  @Test
  void theLogHoldsNothingOfARow() {
    scene.run(
        scene.head(),
        scene.user("secret-ada", "birthdate", "secret", "name", "secret"),
        scene.user("secret-bob", "phone_number", "+secret", "name", "secret"),
        "secret,secret");
    assertThat(scene.log())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotContain("secret"));
  }

  @Test
  void namesThatAreSomebodysSubAreTaken() {
    scene.run(scene.head(), scene.user("ada"));
    String sub =
        UsersFixture.map(scene.fixture.user(scene.pool, "ada").userAttributes()).get("sub");
    scene.run(scene.head(), scene.user(sub), scene.user("0" + sub.substring(1)));
    assertThat(scene.lines().subList(1, 3))
        .contains("[SKIPPED] Line Number 2 - The user already exists.");
  }

  @Test
  void aliasesAreNotMoved() {
    try (ImportScene aliases =
        scene(
            CreateUserPoolRequest.builder()
                .aliasAttributes(
                    List.of(AliasAttributeType.EMAIL, AliasAttributeType.PREFERRED_USERNAME)))) {
      UserImportJobType job =
          aliases.run(
              aliases.head(),
              aliases.user("ada", "preferred_username", "countess"),
              aliases.user("bob", "email", "ada@example.com"),
              aliases.user("cy", "preferred_username", "ada"),
              aliases.user("countess"),
              aliases.user("dan", "preferred_username", "dan"),
              aliases.user("eve@example.com"));
      assertThat(aliases.lines())
          .containsExactly(
              "[SUCCEEDED] Line Number 2 - The import succeeded.",
              "[FAILED] Line Number 3 - An account with the given email already exists.",
              "[FAILED] Line Number 4 - An account with the given preferred_username already exists.",
              "[FAILED] Line Number 5 - An account with the given preferred_username already exists.",
              "[SUCCEEDED] Line Number 6 - The import succeeded.",
              "[FAILED] Line Number 7 - Username cannot be of email format, since user pool is configured for email alias.");
      assertThat(job.importedUsers()).isEqualTo(2);
      // the same against users of the database; nothing is left of rows that failed
      aliases.run(
          aliases.head(),
          aliases.user("bob", "email", "ada@example.com"),
          aliases.user("cy", "preferred_username", "ada"),
          aliases.user("bob"));
      assertThat(aliases.lines().subList(6, 9))
          .containsExactly(
              "[FAILED] Line Number 2 - An account with the given email already exists.",
              "[FAILED] Line Number 3 - An account with the given preferred_username already exists.",
              "[SUCCEEDED] Line Number 4 - The import succeeded.");
      assertThat(aliases.fixture.user(aliases.pool, "ada@example.com").username()).isEqualTo("ada");
    }
  }

  @Test
  void addressesAreUsernamesWhereThePoolSaysSo() {
    try (ImportScene addresses =
        scene(
            CreateUserPoolRequest.builder()
                .usernameAttributes(List.of(UsernameAttributeType.EMAIL)))) {
      addresses.run(
          addresses.head(),
          addresses.row("cognito:username", "a@example.com", "email_verified", "true"),
          addresses.user("b@example.com", "email", "b@example.com"),
          addresses.user("c@example.com", "email", "other@example.com"),
          addresses.user("ada"),
          addresses.row("cognito:username", "a@example.com", "email_verified", "true"));
      assertThat(addresses.lines())
          .containsExactly(
              "[SUCCEEDED] Line Number 2 - The import succeeded.",
              "[SUCCEEDED] Line Number 3 - The import succeeded.",
              "[FAILED] Line Number 4 - The username is another email than the attribute.",
              "[FAILED] Line Number 5 - Username should be an email.",
              "[SKIPPED] Line Number 6 - The user already exists.");
      assertThat(addresses.fixture.user(addresses.pool, "a@example.com").username())
          .matches("[0-9a-f-]{36}");
    }
  }

  @Test
  void thePoolsSchemaHolds() {
    try (ImportScene custom =
        scene(
            CreateUserPoolRequest.builder()
                .schema(
                    List.of(
                        SchemaAttributeType.builder()
                            .name("level")
                            .attributeDataType(AttributeDataType.NUMBER)
                            .numberAttributeConstraints(
                                NumberAttributeConstraintsType.builder().maxValue("9").build())
                            .build(),
                        SchemaAttributeType.builder()
                            .name("given_name")
                            .attributeDataType(AttributeDataType.STRING)
                            .required(true)
                            .mutable(true)
                            .build())))) {
      assertThat(custom.header())
          .endsWith("custom:level", "cognito:mfa_enabled", "cognito:username");
      custom.run(
          custom.head(),
          custom.user("ada", "custom:level", "9", "given_name", "Ada"),
          custom.user("bob", "custom:level", "10", "given_name", "Bob"),
          custom.user("cy", "custom:level", "9"));
      assertThat(custom.lines())
          .containsExactly(
              "[SUCCEEDED] Line Number 2 - The import succeeded.",
              "[FAILED] Line Number 3 - Attributes did not conform to the schema: custom:level: Value must be at most 9",
              "[FAILED] Line Number 4 - Attributes did not conform to the schema: given_name: The attribute is required");
    }
  }

  @Test
  void mfaEnabledFitsThePool() {
    mfa(UserPoolMfaType.ON);
    scene.run(
        scene.head(),
        scene.user("a", "cognito:mfa_enabled", "true"),
        scene.user("b", "cognito:mfa_enabled", ""),
        scene.user("c", "cognito:mfa_enabled", "false"));
    mfa(UserPoolMfaType.OPTIONAL);
    scene.run(
        scene.head(),
        scene.user("d", "cognito:mfa_enabled", "true"),
        scene.user("e", "cognito:mfa_enabled", "False"));
    assertThat(scene.lines())
        .containsExactly(
            "[SUCCEEDED] Line Number 2 - The import succeeded.",
            "[SUCCEEDED] Line Number 3 - The import succeeded.",
            "[FAILED] Line Number 4 - MFA is required in the user pool: cognito:mfa_enabled has to be true.",
            "[SUCCEEDED] Line Number 2 - The import succeeded.",
            "[SUCCEEDED] Line Number 3 - The import succeeded.");
  }

  private void mfa(UserPoolMfaType mode) {
    scene.fixture.call(
        CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG,
        SetUserPoolMfaConfigRequest.builder()
            .userPoolId(scene.pool)
            .mfaConfiguration(mode)
            .softwareTokenMfaConfiguration(
                SoftwareTokenMfaConfigType.builder().enabled(true).build())
            .build());
  }

  @Test
  void manyRowsKeepTheirCountAndOrder() {
    String rows =
        IntStream.range(0, 1500)
            .mapToObj(i -> scene.user(i % 5 == 4 ? "user-" + (i - 1) : "user-" + i))
            .collect(Collectors.joining("\n"));
    UserImportJobType job = scene.run(scene.head(), rows);
    assertThat(List.of(job.importedUsers(), job.skippedUsers(), job.failedUsers()))
        .containsExactly(1200L, 300L, 0L);
    assertThat(scene.lines())
        .hasSize(1500)
        .element(4)
        .isEqualTo("[SKIPPED] Line Number 6 - The user already exists.");
    long counted =
        scene.fixture.database.read(
            handle -> dev.gatehouse.userpool.directory.Directory.USERS.sum(handle, scene.pool));
    assertThat(counted).isEqualTo(1200);
  }
}

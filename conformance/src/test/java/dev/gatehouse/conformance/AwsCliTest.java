package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI, unmodified, through {@code ./gatehouse aws}: Debian's, or else the one on PATH. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class AwsCliTest {
  private static final Map<String, String> DEBIANS_FIRST =
      Map.of("PATH", Programs.pathBeginningWith(Programs.DEBIANS));

  private final RunFolder run;

  AwsCliTest(TestServer server, @TempDir Path folder) throws IOException {
    this.run = RunFolder.of(server, folder);
  }

  @BeforeAll
  static void needsTheCli() {
    Assumptions.assumeTrue(
        Programs.works(Programs.DEBIANS.resolve("aws").toString(), "--version")
            || Programs.works("aws", "--version"),
        "There is no AWS CLI here; scripts/install-test-tools says why it could not be installed.");
  }

  private Programs.Ended aws(Map<String, String> more, String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--output", "json"));
    Map<String, String> environment = new HashMap<>(DEBIANS_FIRST);
    environment.putAll(more);
    return Programs.gatehouse(environment, run.aws(command));
  }

  private Programs.Ended aws(String... arguments) {
    Programs.Ended ended = aws(Map.of(), arguments);
    assertThat(ended.status()).as(ended.errors()).isZero();
    return ended;
  }

  @Test
  @Shows(id = "protocol-01", says = "the AWS CLI is told whose key it signs with")
  void callerIdentity() {
    assertThat(aws("sts", "get-caller-identity").json().get("Arn").asString())
        .matches("arn:aws:iam::\\d{12}:root");
  }

  @Test
  @Shows(
      id = "protocol-01",
      says = "the AWS CLI makes a pool and a client, signs up unsigned, confirms and reads users")
  void poolsAndUsers() {
    String pool =
        aws("cognito-idp", "create-user-pool", "--pool-name", "cli")
            .json()
            .at("/UserPool/Id")
            .asString();
    String client =
        aws(
                "cognito-idp",
                "create-user-pool-client",
                "--user-pool-id",
                pool,
                "--client-name",
                "cli")
            .json()
            .at("/UserPoolClient/ClientId")
            .asString();
    String name = Scene.newName();
    String sub =
        aws(
                "cognito-idp",
                "sign-up",
                "--no-sign-request",
                "--client-id",
                client,
                "--username",
                name,
                "--password",
                Scene.PASSWORD)
            .json()
            .get("UserSub")
            .asString();
    aws("cognito-idp", "admin-confirm-sign-up", "--user-pool-id", pool, "--username", name);
    assertThat(
            aws("cognito-idp", "admin-get-user", "--user-pool-id", pool, "--username", name)
                .json()
                .get("UserStatus")
                .asString())
        .isEqualTo("CONFIRMED");
    var users = aws("cognito-idp", "list-users", "--user-pool-id", pool).json().get("Users");
    assertThat(users.size()).isOne();
    assertThat(users.get(0).get("Username").asString()).isEqualTo(name);
    assertThat(users.get(0).get("Attributes").toString()).contains(sub);
  }

  @Test
  @Shows(
      id = "protocol-01",
      says = "the AWS CLI prints why a request is refused, and ends with its status")
  void refusals() {
    Programs.Ended wrong =
        aws(Map.of(), "cognito-idp", "describe-user-pool", "--user-pool-id", "us-east-1_nowhere00");
    assertThat(wrong.status()).isEqualTo(254);
    assertThat(wrong.errors())
        .contains(
            "An error occurred (ResourceNotFoundException) when calling the DescribeUserPool"
                + " operation: User pool us-east-1_nowhere00 does not exist.");
    Programs.Ended unsigned =
        aws(Map.of(), "cognito-idp", "list-user-pools", "--max-results", "1", "--no-sign-request");
    assertThat(unsigned.status()).isEqualTo(254);
    assertThat(unsigned.errors()).contains("MissingAuthenticationTokenException");
    assertThat(unsigned.output()).isEmpty();
  }

  @Test
  void aServerThatDoesNotRunIsNamed() {
    Programs.Ended ended =
        Programs.gatehouse(
            Map.of(),
            List.of(
                "aws",
                "--gatehouse-port",
                "1",
                "--gatehouse-data",
                run.folder().toString(),
                "sts",
                "get-caller-identity"));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).contains("No server of yours is running on port 1 ");
  }
}

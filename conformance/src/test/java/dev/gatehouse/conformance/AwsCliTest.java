package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AWS CLI that is on PATH, unmodified. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class AwsCliTest {
  private final TestServer server;

  AwsCliTest(TestServer server) {
    this.server = server;
  }

  @BeforeAll
  static void needsTheCli() {
    Assumptions.assumeTrue(Programs.works("aws", "--version"), "there is no aws on PATH");
  }

  private Programs.Ended aws(Map<String, String> more, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("aws", "--endpoint-url", server.endpoint(), "--output", "json"));
    command.addAll(List.of(arguments));
    return Programs.run(server, more, command);
  }

  private Programs.Ended aws(String... arguments) {
    Programs.Ended ended = aws(Map.of(), arguments);
    assertThat(ended.status()).as(ended.output()).isZero();
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
    aws(
        "cognito-idp", "admin-confirm-sign-up", "--user-pool-id", pool, "--username", name);
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
  @Shows(id = "protocol-01", says = "the AWS CLI prints why a wrong secret key is refused")
  void wrongSecretKey() {
    Programs.Ended refused =
        aws(
            Map.of("AWS_SECRET_ACCESS_KEY", "wrong"),
            "cognito-idp",
            "list-user-pools",
            "--max-results",
            "1");
    assertThat(refused.status()).isNotZero();
    assertThat(refused.output())
        .contains(
            "An error occurred (InvalidSignatureException) when calling the ListUserPools"
                + " operation");
  }
}

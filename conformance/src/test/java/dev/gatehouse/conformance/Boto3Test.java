package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs {@code conformance/python} with the boto3 of the python3 on PATH. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class Boto3Test {
  @Test
  @Shows(
      id = "protocol-01",
      says = "boto3 makes a pool and a client, signs up, confirms, signs in and reads the user")
  void signUpToGetUser(TestServer server) {
    Assumptions.assumeTrue(
        Programs.works("python3", "-c", "import boto3"), "python3 has no boto3");
    Programs.Ended ended =
        Programs.run(server, Map.of(), List.of("python3", "python/boto3_flow.py"));
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("signed in: boto3-user");
  }
}

package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Shows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs {@code conformance/python} with boto3, unmodified: Debian's, or else that of PATH. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class Boto3Test {
  @Test
  @Shows(
      id = "protocol-01",
      says = "boto3 makes a pool and a client, signs up, confirms, signs in and reads the user")
  void signUpToGetUser(TestServer server) {
    Optional<String> python =
        Stream.of(Programs.DEBIANS.resolve("python3").toString(), "python3")
            .filter(each -> Programs.works(each, "-c", "import boto3"))
            .findFirst();
    Assumptions.assumeTrue(
        python.isPresent(),
        "There is no boto3 here; scripts/install-test-tools says why it could not be installed.");
    Programs.Ended ended =
        Programs.run(
            Programs.environment(server), List.of(python.orElseThrow(), "python/boto3_flow.py"));
    assertThat(ended.status()).as(ended.errors()).isZero();
    assertThat(ended.output()).contains("signed in: boto3-user");
  }
}

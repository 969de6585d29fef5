package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./gatehouse env}, with AWS CLIs of several ages on PATH. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class EnvTest {
  @ParameterizedTest
  @CsvSource({
    "aws-cli/2.9.19 Python/3.11.2 Linux/6.1 source/x86_64.debian.12, true",
    "aws-cli/2.13.0 Python/3.11.2, false",
    "aws-cli/1.28.85 Python/3.9.2, true",
    "aws-cli/1.29.0 Python/3.9.2, false"
  })
  void warnsOfACliThatWouldCallAmazon(
      String version, boolean old, TestServer server, @TempDir Path folder) throws IOException {
    Path cli =
        Files.createFile(
            folder.resolve("aws"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(cli, "#!/bin/sh\necho '" + version + "'\n");
    Programs.Ended env =
        Programs.gatehouse(
            Map.of("PATH", Programs.pathBeginningWith(folder)), RunFolder.of(server, folder).env());
    assertThat(env.status()).as(env.errors()).isZero();
    assertThat(env.output().lines())
        .contains("export AWS_ENDPOINT_URL=" + server.endpoint())
        .contains("unset AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_PROFILE")
        .allMatch(line -> line.startsWith("export AWS_") || line.startsWith("unset AWS_"));
    if (old) {
      assertThat(env.errors())
          .contains("warning: aws on PATH is " + version.split(" ")[0])
          .contains("aws --endpoint-url " + server.endpoint());
    } else {
      assertThat(env.errors()).doesNotContain("aws on PATH");
    }
  }
}

package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the tests of {@code conformance/node}: npm's clients, unmodified. */
@Tag("slow")
@ExtendWith(TestServer.Extension.class)
class NodeClientsTest {
  @Test
  void npmClientsPass(TestServer server) throws IOException, InterruptedException {
    ProcessBuilder node = new ProcessBuilder("npm", "test", "--silent");
    node.directory(Path.of("node").toFile());
    node.environment().put("AWS_ENDPOINT_URL", server.endpoint());
    node.environment().put("AWS_ACCESS_KEY_ID", server.server().rootKey().id());
    node.environment().put("AWS_SECRET_ACCESS_KEY", server.server().rootKey().secret().text());
    node.environment().put("AWS_REGION", "us-east-1");
    node.environment()
        .put("GATEHOUSE_BEHAVIOUR_DIR", Path.of("target", "behaviour").toAbsolutePath().toString());
    node.redirectErrorStream(true);
    Process process = node.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("ok auth-01");
  }
}

package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Server;
import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.app.ServerOptions.TlsListener;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests of {@code conformance/node}: npm's clients, unmodified. Their server has a TLS
 * listener, and its issuers are there.
 */
@Tag("slow")
class NodeClientsTest {
  @Test
  void npmClientsPass() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Programs.works("npm", "--version")
            && Files.exists(Path.of("node", "node_modules", ".installed")),
        "npm's clients are not here; scripts/install-test-tools says why they could not be"
            + " installed.");
    int tlsPort = freePort();
    String tlsEndpoint = "https://localhost:" + tlsPort;
    try (Server server = Server.start(withTls(tlsPort, tlsEndpoint))) {
      ProcessBuilder node = new ProcessBuilder("npm", "test", "--silent");
      node.directory(Path.of("node").toFile());
      Map<String, String> environment = node.environment();
      environment.put("AWS_ENDPOINT_URL", server.endpoint());
      environment.put("AWS_ACCESS_KEY_ID", server.rootKey().id());
      environment.put("AWS_SECRET_ACCESS_KEY", server.rootKey().secret().text());
      environment.put("AWS_REGION", "us-east-1");
      environment.put("GATEHOUSE_TLS_ENDPOINT", tlsEndpoint);
      environment.put(
          "NODE_EXTRA_CA_CERTS", Objects.requireNonNull(server.developmentCa()).toString());
      environment.put(
          "GATEHOUSE_BEHAVIOUR_DIR", Path.of("target", "behaviour").toAbsolutePath().toString());
      node.redirectErrorStream(true);
      Process process = node.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      for (String file : new String[] {"amplify", "identity-js", "jwt-verify", "sdk", "sessions"}) {
        assertThat(output).contains(" | " + file);
      }
      assertThat(output).contains("ok auth-01");
    }
  }

  private static ServerOptions withTls(int tlsPort, String publicUrl) {
    ServerOptions plain = ServerOptions.ephemeral();
    TlsListener tls = new TlsListener(plain.listeners().host(), tlsPort, null);
    return plain.with(plain.listeners().with(tls)).withPublicUrl(publicUrl);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.DevelopmentCa;
import dev.gatehouse.kernel.WallClock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its own process: what an operator types, reads and signals. */
@Tag("slow")
class ProcessTest {
  @TempDir Path folder;

  /** A running program and what it printed until it was ready. */
  private record Running(Process process, List<String> printed, int port) implements AutoCloseable {
    String all() {
      return String.join("\n", printed);
    }

    /** SIGTERM; the exit code. */
    int stop() throws InterruptedException {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("XDG_RUNTIME_DIR");
    return builder.start();
  }

  private Running up(String... arguments) throws IOException {
    int port = freePort();
    List<String> all = new ArrayList<>(List.of("up", "--port", String.valueOf(port)));
    all.addAll(List.of(arguments));
    Process process = start(all.toArray(String[]::new));
    List<String> printed = new ArrayList<>();
    BufferedReader lines = process.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.add(line);
      if (line.equals("Ready.")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(printed::add));
        return new Running(process, printed, port);
      }
    }
    throw new AssertionError(printed.toString());
  }

  private String run(String... arguments) throws IOException {
    return new String(start(arguments).getInputStream().readAllBytes(), UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void the_operator_finds_the_server_its_ca_and_its_end() throws Exception {
    Path data = folder.resolve("data");
    Path runFile = data.resolve("run.json");
    try (Running server = up("--data", data.toString(), "--tls-port", "0")) {
      String port = String.valueOf(server.port());
      assertThat(server.all())
          .contains("Gatehouse listens on http://localhost:" + port)
          .contains("Credentials: " + runFile);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runFile)))
          .isEqualTo("rw-------");
      assertThat(run("env", "--port", port, "--data", data.toString()))
          .contains("export AWS_ENDPOINT_URL=http://localhost:" + port)
          .contains("export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=http://localhost:" + port)
          .contains("export AWS_ACCESS_KEY_ID=AKIA")
          .contains("export AWS_SECRET_ACCESS_KEY=")
          .contains("export AWS_REGION=us-east-1")
          .contains("export AWS_EC2_METADATA_DISABLED=true")
          .contains("unset AWS_SESSION_TOKEN AWS_SECURITY_TOKEN AWS_PROFILE");
      assertThat(run("ca", "--port", port, "--data", data.toString()))
          .isEqualTo(Files.readString(data.resolve("ca.pem")))
          .startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(run("up", "--port", "0", "--data", data.toString()))
          .contains("in use by another Gatehouse");
      assertThat(server.stop()).isEqualTo(143);
    }
    assertThat(runFile).doesNotExist();
    assertThat(run("env", "--data", data.toString())).contains("No server of yours is running");
    assertThat(run("ca", "--data", folder.resolve("nothing").toString()))
        .contains("There is no development CA");
  }

  @Test
  void certificates_and_log_levels_are_read_again_on_sighup() throws Exception {
    Path certificates = folder.resolve("tls.pem");
    Path key = folder.resolve("tls.key");
    Path config = folder.resolve("gatehouse.yaml");
    int tlsPort = freePort();
    String yaml =
        "tlsPort: %d%ntls: {certificates: %s, key: %s}%n".formatted(tlsPort, certificates, key);
    Files.writeString(config, yaml);
    newCertificate("first", certificates, key);
    try (Running server = up("--ephemeral", "--config", config.toString())) {
      assertThat(server.all()).contains("(your certificate)");
      X509Certificate first = shown(tlsPort);
      // 1. what cannot be read changes nothing
      Files.writeString(certificates, "not a certificate");
      hangUp(server, "nothing was changed");
      assertThat(shown(tlsPort)).isEqualTo(first);
      // 2. a new one is shown from the next connection on
      newCertificate("second", certificates, key);
      Files.writeString(config, yaml + "logLevels: {access: info}\n");
      hangUp(server, "were read again");
      assertThat(shown(tlsPort)).isNotEqualTo(first);
    }
    Files.delete(key);
    assertThat(run("up", "--port", "0", "--ephemeral", "--config", config.toString()))
        .contains("tls: " + key + " cannot be read");
  }

  private static void hangUp(Running server, String answer) throws Exception {
    int before = server.printed().size();
    new ProcessBuilder("kill", "-HUP", String.valueOf(server.process().pid())).start().waitFor();
    for (int wait = 0; wait < 200; wait++) {
      if (List.copyOf(server.printed()).stream().skip(before).anyMatch(l -> l.contains(answer))) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("not said: " + answer + "; " + server.all());
  }

  private void newCertificate(String name, Path certificates, Path key) throws IOException {
    Path made = folder.resolve(name);
    DevelopmentCa.in(made, WallClock.system(), new SecureRandom()).server();
    Files.copy(made.resolve("localhost.pem"), certificates, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(made.resolve("localhost-key.pem"), key, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The certificate that the port shows; trusts everything, it only looks. */
  private static X509Certificate shown(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Looking()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static final class Looking implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void a_proxy_that_is_not_named_is_said_loudly() throws Exception {
    String[] behind = {
      "--ephemeral", "--behind-proxy", "--tls-port", "0", "--management-port", "0", "--config", ""
    };
    Path config = folder.resolve("proxied.yaml");
    behind[behind.length - 1] = config.toString();
    Files.writeString(config, "publicUrl: https://login.example.com\n");
    try (Running server = up(behind)) {
      assertThat(server.all()).contains("trustedProxies is not set");
    }
    Files.writeString(config, "trustedProxies: [127.0.0.1/32]\n");
    try (Running server = up(behind)) {
      assertThat(server.all()).doesNotContain("trustedProxies is not set");
    }
  }

  @Test
  void what_would_be_unsafe_is_refused_or_said_loudly() throws Exception {
    assertThat(run("up", "--host", "0.0.0.0", "--ephemeral")).contains("passwords in clear");
    assertThat(run("up", "--config", new File("absent.yaml").toString()))
        .contains("absent.yaml does not exist");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("up", "--ephemeral", "--port", String.valueOf(taken.getLocalPort())))
          .contains("Another process may be listening there already")
          .doesNotContain("\tat ");
    }
    Files.writeString(
        folder.resolve("seed.yaml"),
        """
        seed:
          pools:
            - id: us-east-1_Seeded001
              settings: {PoolName: p, Policies: {PasswordPolicy: {MinimumLength: 3}}}
        """);
    assertThat(run("up", "--ephemeral", "--config", folder.resolve("seed.yaml").toString()))
        .contains("seed: 1 validation error detected: Value '3' at")
        .doesNotContain("Ready.");
    Files.writeString(
        folder.resolve("seed.yaml"),
        """
        seed:
          pools:
            - id: us-east-1_Seeded001
              settings: {PoolName: p}
              users: [{username: ada, password: short}]
        """);
    assertThat(run("up", "--ephemeral", "--config", folder.resolve("seed.yaml").toString()))
        .contains("seed: user ada: Password did not conform with policy")
        .doesNotContain("UserPoolReason");
    try (Running server =
        up("--ephemeral", "--host", "0.0.0.0", "--development", "--tls-port", "0")) {
      assertThat(server.all()).contains("DEVELOPMENT: everybody who reaches 0.0.0.0");
      String ca = server.all().replaceAll("(?s).*\\(CA: ([^)]*)\\).*", "$1");
      assertThat(Path.of(ca)).exists();
      server.stop();
      assertThat(Path.of(ca).getParent()).doesNotExist();
    }
  }
}

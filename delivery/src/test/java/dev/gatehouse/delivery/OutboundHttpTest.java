package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.delivery.OutboundHttp.Answer;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {
  /** A server that says the same to everybody. */
  private static final class Fake implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    Fake(Consumer<OutputStream> answer) throws IOException {
      listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(() -> {
            while (!listener.isClosed()) {
              try (Socket socket = listener.accept()) {
                connections.incrementAndGet();
                InputStream in = socket.getInputStream();
                assertThat(in.read(new byte[8192])).isPositive();
                answer.accept(socket.getOutputStream());
              } catch (IOException gone) {
                // closed
              }
            }
          });
    }

    URI uri(String host) {
      return URI.create("http://" + host + ":" + listener.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private static Consumer<OutputStream> saying(String text) {
    return out -> {
      try {
        out.write(text.getBytes(UTF_8));
        out.flush();
      } catch (IOException gone) {
        // the client has had enough
      }
    };
  }

  private static Answer post(OutboundHttp http, URI uri) throws CallFailedException {
    return http.post(uri, Map.of("Content-Type", "text/plain"), "x".getBytes(UTF_8));
  }

  private static OutboundHttp allowing(String... hosts) {
    return new OutboundHttp(
        List.of(hosts), InetAddress::getAllByName, Tls.builder().build(), Duration.ofMinutes(1));
  }

  @Test
  void anAnswerIsReadAndARedirectIsNotFollowed() throws Exception {
    try (Fake server =
            new Fake(
                saying(
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 2\r\n"
                        + "Connection: close\r\n\r\nhi"));
        OutboundHttp http = allowing("127.0.0.1")) {
      Answer answer = post(http, server.uri("127.0.0.1"));
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.body()).isEqualTo("hi".getBytes(UTF_8));
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aNameIsResolvedOnceAndThatAddressIsConnectedTo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Fake server = new Fake(saying("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        OutboundHttp http =
            new OutboundHttp(
                List.of("sms.example"),
                host -> {
                  asked.incrementAndGet();
                  return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                Tls.builder().build(),
                Duration.ofSeconds(10))) {
      assertThat(post(http, server.uri("sms.example")).status()).isEqualTo(204);
      assertThat(asked).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:1::1",
        "2001:db8::1",
        "fec0::1"
      })
  void aNameThatLeadsInsideIsNotCalled(String inside) throws Exception {
    try (OutboundHttp http =
        new OutboundHttp(
            List.of(),
            host ->
                new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName(inside)},
            Tls.builder().build(),
            Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> post(http, URI.create("https://sms.example/")))
          .isInstanceOf(CallFailedException.class)
          .hasMessageContaining("sms.example has a private address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost", "[::ffff:7f00:1]"})
  void nothingOfThisMachineIsCalledByAnyOfItsNames(String host) throws Exception {
    try (Fake server = new Fake(saying("HTTP/1.1 200 OK\r\n\r\n"));
        OutboundHttp http = allowing()) {
      URI uri = URI.create("https://" + host + ":" + server.listener.getLocalPort() + "/");
      assertThatThrownBy(() -> post(http, uri)).isInstanceOf(CallFailedException.class);
      assertThat(server.connections).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111"
      })
  void publicAddressesAreFit(String address) throws UnknownHostException {
    assertThat(ForbiddenAddresses.contains(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void plainHttpIsForConfiguredHostsAlone() throws Exception {
    try (OutboundHttp http = allowing("127.0.0.1")) {
      for (String uri :
          List.of(
              "http://sms.example/",
              "ftp://127.0.0.1/",
              "file:///etc/passwd",
              "https:opaque",
              "https://user:pass@127.0.0.1/")) {
        assertThatThrownBy(() -> post(http, URI.create(uri)))
            .as(uri)
            .isInstanceOf(CallFailedException.class);
      }
    }
  }

  @Test
  void aServerMustShowACertificateOfItsNameFromATrustedAuthority(@TempDir Path folder)
      throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "localhost");
    Tls trusting = Tls.builder().addTrust(certificate.certificate()).build();
    AtomicInteger heard = new AtomicInteger();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/",
        exchange -> {
          heard.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    OutboundHttp.Names here = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    List<String> hosts = List.of("localhost", "sms.example", "127.0.0.1");
    Duration longest = Duration.ofMinutes(1);
    try (OutboundHttp http = new OutboundHttp(hosts, here, trusting, longest);
        OutboundHttp strict = new OutboundHttp(hosts, here, Tls.builder().build(), longest)) {
      assertThat(post(http, URI.create("https://localhost:" + port + "/")).status()).isEqualTo(204);
      assertThatThrownBy(() -> post(http, URI.create("https://sms.example:" + port + "/")))
          .isInstanceOf(CallFailedException.class);
      assertThatThrownBy(() -> post(http, URI.create("https://127.0.0.1:" + port + "/")))
          .isInstanceOf(CallFailedException.class);
      assertThatThrownBy(() -> post(strict, URI.create("https://localhost:" + port + "/")))
          .isInstanceOf(CallFailedException.class);
      assertThat(heard).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void hostsAreConfiguredAsTheyStandInAddresses() throws Exception {
    try (Fake server = new Fake(saying("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        OutboundHttp http =
            new OutboundHttp(
                List.of("[::1]", "SMS.example"),
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                Tls.builder().build(),
                Duration.ofMinutes(1))) {
      assertThat(post(http, server.uri("[::1]")).status()).isEqualTo(204);
      assertThat(post(http, server.uri("sms.EXAMPLE")).status()).isEqualTo(204);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws Exception {
    String chunk = "y".repeat(40_000);
    try (Fake server =
            new Fake(
                saying(
                    "HTTP/1.1 200 OK\r\nContent-Length: 80000\r\nConnection: close\r\n\r\n"
                        + chunk
                        + chunk));
        OutboundHttp http = allowing("127.0.0.1")) {
      assertThatThrownBy(() -> post(http, server.uri("127.0.0.1")))
          .isInstanceOf(CallFailedException.class)
          .hasMessageContaining("more than 64 KiB");
    }
  }

  @Test
  void anAnswerThatDribblesIsCutOff() throws Exception {
    Consumer<OutputStream> dribble =
        out -> {
          try {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
              out.write('y');
              out.flush();
              Thread.sleep(50);
            }
          } catch (IOException | InterruptedException gone) {
            // the client has had enough
          }
        };
    try (Fake server = new Fake(dribble);
        OutboundHttp http =
            new OutboundHttp(
                List.of("127.0.0.1"),
                InetAddress::getAllByName,
                Tls.builder().build(),
                Duration.ofMillis(700))) {
      assertThatThrownBy(() -> post(http, server.uri("127.0.0.1")))
          .isInstanceOf(CallFailedException.class)
          .hasMessageContaining("took longer");
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() throws Exception {
    Fake server = new Fake(out -> {});
    URI uri = server.uri("127.0.0.1");
    server.close();
    try (OutboundHttp http =
        new OutboundHttp(
            List.of("127.0.0.1"),
            host -> {
              if (host.equals("nowhere.example")) {
                throw new UnknownHostException(host);
              }
              return InetAddress.getAllByName(host);
            },
            Tls.builder().build(),
            Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> post(http, uri))
          .isInstanceOf(CallFailedException.class)
          .hasMessageStartingWith("127.0.0.1 could not be called: ");
      assertThatThrownBy(() -> post(http, URI.create("https://nowhere.example/")))
          .hasMessage("nowhere.example is not known");
    }
  }
}

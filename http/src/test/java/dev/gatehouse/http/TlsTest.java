package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.testkit.Differs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  @TempDir private Path folder;

  private DevelopmentCa ca(WallClock clock) {
    return DevelopmentCa.in(folder, clock, new SecureRandom());
  }

  private static HttpListener listen(TlsIdentity identity) {
    return HttpListener.start(
        HttpConfig.loopback(0)
            .withTimes(Duration.ofMillis(500), Duration.ofMillis(500))
            .withTls(identity),
        new Router().add("GET", "/", 100, request -> HttpAnswer.text(200, "over TLS")),
        Instant::now,
        new AccessLog());
  }

  private static X509Certificate read(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String get(SSLContext context, String host, int port) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + "/")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void servesThoseWhoTrustTheDevelopmentCa(String host) throws Exception {
    DevelopmentCa ca = ca(WallClock.system());
    try (HttpListener listener = listen(ca.server())) {
      SSLContext context = trusting(read(ca.certificateFile()));
      assertThat(get(context, host, listener.port())).isEqualTo("over TLS\n");
    }
  }

  @Test
  @Differs(
      number = 2,
      in = "HTTP/2",
      cognito = "Which versions of HTTP an endpoint offers is up to AWS, and not documented.",
      here = "Every listener speaks HTTP/1.1 alone.",
      why =
          "Time limits against slow clients hold for one request on one connection (decision 0006); AWS SDKs speak HTTP/1.1 to these services.")
  void clientsThatOfferHttp2GetHttp1() throws Exception {
    DevelopmentCa ca = ca(WallClock.system());
    try (HttpListener listener = listen(ca.server());
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(trusting(read(ca.certificateFile())))
                .version(HttpClient.Version.HTTP_2)
                .build()) {
      URI uri = URI.create("https://localhost:" + listener.port() + "/");
      assertThat(
              client
                  .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                  .version())
          .isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void strangersDoNotTrustIt() throws Exception {
    try (HttpListener listener = listen(ca(WallClock.system()).server())) {
      assertThatThrownBy(() -> get(SSLContext.getDefault(), "localhost", listener.port()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void renewsItsCertificateWhileItServes() throws Exception {
    DevelopmentCa first = ca(WallClock.system());
    DevelopmentCa second =
        DevelopmentCa.in(folder.resolve("second"), WallClock.system(), new SecureRandom());
    try (HttpListener listener = listen(first.server())) {
      listener.renew(second.server());
      assertThat(get(trusting(read(second.certificateFile())), "localhost", listener.port()))
          .isEqualTo("over TLS\n");
    }
  }

  @Test
  void aHandshakeThatNeverBeginsIsEnded() throws IOException {
    try (HttpListener listener = listen(ca(WallClock.system()).server());
        RawClient client = new RawClient(listener.port())) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void isMadeOnceAndReadableByItsOwnerAlone() throws Exception {
    X509Certificate made = read(ca(WallClock.system()).certificateFile());
    TlsIdentity server = ca(WallClock.system()).server();
    assertThat(read(ca(WallClock.system()).certificateFile())).isEqualTo(made);
    assertThat(ca(WallClock.system()).server().chain()).isEqualTo(server.chain());
    for (String name : List.of("ca-key.pem", "localhost-key.pem")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void makesANewServerCertificateBeforeTheOldOneEnds() {
    TlsIdentity first = ca(WallClock.system()).server();
    Instant later = WallClock.system().now().plus(Duration.ofDays(380));
    TlsIdentity second = ca(() -> later).server();
    assertThat(second.chain().getFirst()).isNotEqualTo(first.chain().getFirst());
    assertThat(second.chain().get(1)).isEqualTo(first.chain().get(1));
  }

  /** A thief of the authority's key cannot pass as anybody but this machine. */
  @Test
  void vouchesForThisMachineAlone() throws Exception {
    X509Certificate authority = read(ca(WallClock.system()).certificateFile());
    assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.30");
    NameConstraints constraints =
        NameConstraints.getInstance(
            ASN1OctetString.getInstance(authority.getExtensionValue("2.5.29.30")).getOctets());
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
    validator.checkPermitted(new GeneralName(GeneralName.dNSName, "localhost"));
    validator.checkPermitted(new GeneralName(GeneralName.dNSName, "app.localhost"));
    validator.checkPermitted(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    validator.checkPermitted(new GeneralName(GeneralName.iPAddress, "::1"));
    for (GeneralName other :
        List.of(
            new GeneralName(GeneralName.dNSName, "bank.example"),
            new GeneralName(GeneralName.dNSName, "localhost.bank.example"),
            new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
            new GeneralName(GeneralName.iPAddress, "2001:db8::1"))) {
      assertThatThrownBy(() -> validator.checkPermitted(other))
          .isInstanceOf(NameConstraintValidatorException.class);
    }
  }

  @Test
  void namesTheFileThatCannotBeUsed() throws Exception {
    TlsIdentity server = ca(WallClock.system()).server();
    assertThat(server.toString()).doesNotContain("PrivateKey");
    Path certificates = folder.resolve("localhost.pem");
    Path key = folder.resolve("localhost-key.pem");
    assertThat(new TlsFiles(certificates, key).read().chain()).isEqualTo(server.chain());
    Path missing = folder.resolve("missing.pem");
    assertUnusable(new TlsFiles(missing, key), "missing.pem");
    assertUnusable(new TlsFiles(certificates, missing), "missing.pem");
    assertUnusable(new TlsFiles(key, key), "localhost-key.pem holds no certificate");
    assertUnusable(new TlsFiles(certificates, certificates), "holds no private key");
    assertUnusable(new TlsFiles(certificates, folder.resolve("ca-key.pem")), "is not that of");
    Path broken = Files.writeString(folder.resolve("broken.pem"), "no PEM at all");
    assertUnusable(new TlsFiles(broken, key), "broken.pem");
  }

  private static void assertUnusable(TlsFiles files, String says) {
    assertThatThrownBy(files::read)
        .isInstanceOf(TlsFiles.UnusableException.class)
        .hasMessageContaining(says);
  }
}

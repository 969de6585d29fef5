package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.GetSigningCertificateRequest;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GetSigningCertificate, and that its key signs nothing else. */
@NullUnmarked
@SuppressWarnings("JavaUtilDate") // the JDK's certificates have no other
class SigningCertificateTest {
  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String text(String pool) {
    return fixture
        .call(
            CognitoIdpOperations.GET_SIGNING_CERTIFICATE,
            GetSigningCertificateRequest.builder().userPoolId(pool).build())
        .certificate();
  }

  private X509Certificate certificate(String pool) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(text(pool))));
  }

  @Test
  void itIsSignedByItsOwnKeyAndNamesThePool() throws GeneralSecurityException {
    X509Certificate certificate = certificate(pool);
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + pool);
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
    assertThat(certificate.getKeyUsage()[0]).as("digitalSignature").isTrue();
    assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(certificate.getSerialNumber().signum()).isPositive();
    Instant now = fixture.clock.now();
    certificate.checkValidity(Date.from(now));
    certificate.checkValidity(Date.from(now.plus(Duration.ofDays(3649))));
    assertThatThrownBy(() -> certificate.checkValidity(Date.from(now.plus(Duration.ofDays(3651)))))
        .isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void itStaysAndEachPoolHasItsOwn() throws GeneralSecurityException {
    String first = text(pool);
    assertThat(first).doesNotContain("\n", "-");
    fixture.module.signingKeys.rotate(pool);
    fixture.clock.advance(Duration.ofDays(40));
    fixture.module.housekeeping().run();
    assertThat(text(pool)).isEqualTo(first);
    String other = fixture.pool(CreateUserPoolRequest.builder());
    X509Certificate others = certificate(other);
    assertThat(others.getPublicKey()).isNotEqualTo(certificate(pool).getPublicKey());
    assertThatThrownBy(() -> others.verify(certificate(pool).getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void itsKeyIsNoneOfTheTokens() {
    String before = fixture.module.signingKeys.jwks(pool);
    String access = fixture.module.signingKeys.signing(pool).access().kid();
    text(pool);
    fixture.clock.advance(Duration.ofSeconds(3));
    assertThat(fixture.module.signingKeys.jwks(pool)).isEqualTo(before);
    assertThat(fixture.module.signingKeys.signing(pool).access().kid()).isEqualTo(access);
  }

  @Test
  void ofManyThatAskFirstAllGetTheSame() throws Exception {
    Set<String> answers = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<String>> asked =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> text(pool))).toList();
      for (Future<String> answer : asked) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).hasSize(1);
  }

  @Test
  void anUnknownPoolHasNone() {
    assertThat(
            fixture.refused(
                CognitoIdpOperations.GET_SIGNING_CERTIFICATE,
                GetSigningCertificateRequest.builder()
                    .userPoolId("eu-central-1_nowhere00")
                    .build()))
        .isEqualTo("ResourceNotFoundException: User pool eu-central-1_nowhere00 does not exist.");
  }
}

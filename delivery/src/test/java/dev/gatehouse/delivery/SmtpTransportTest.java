package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.delivery.DeliveryConfig.Smtp;
import dev.gatehouse.delivery.DeliveryConfig.Tls;
import dev.gatehouse.delivery.ScriptedSmtp.Line;
import dev.gatehouse.delivery.Transport.TransportException;
import dev.gatehouse.delivery.Transport.TransportException.Outlook;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpTransportTest {
  private static final String POOL = "us-east-1_aB3dE5fG7";
  private static final Instant EXPIRES = Instant.parse("2030-01-01T00:00:00Z");
  private static final String PASSWORD = "s3cret-of-the-mailer";

  private static @TempDir Path folder = Path.of("unset");
  private static @Nullable TestCertificate localhost;
  private static @Nullable TestCertificate elsewhere;

  @BeforeAll
  static void certificates() throws Exception {
    localhost = TestCertificate.make(folder, "localhost");
    elsewhere = TestCertificate.make(folder, "mail.example");
  }

  private static TestCertificate localhost() {
    return Objects.requireNonNull(localhost);
  }

  private static Message mail() {
    return Messages.mail(POOL, "jane@example.com", EXPIRES);
  }

  private static Smtp config(int port, Tls tls, @Nullable Path trust) {
    return new Smtp(
        "localhost",
        port,
        tls,
        "mailer",
        Secret.of(PASSWORD),
        "Gatehouse <no-reply@auth.example>",
        trust);
  }

  private static Smtp open(int port) {
    return new Smtp("127.0.0.1", port, Tls.NONE, null, null, "no-reply@auth.example", null);
  }

  private static void send(Smtp config, Message message) throws TransportException {
    new SmtpTransport(config, WallClock.system()).send("id-1", message);
  }

  private static TransportException refusal(Smtp config, Message message) {
    return Objects.requireNonNull(
        catchThrowableOfType(TransportException.class, () -> send(config, message)));
  }

  private static MimeMessage received(Message message) throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.setUser("mailer", "mailer", PASSWORD);
    server.start();
    try {
      send(config(server.getSmtp().getPort(), Tls.NONE, null), message);
      return server.getReceivedMessages()[0];
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailArrivesAsHtml() throws Exception {
    MimeMessage mail = received(mail());
    assertThat(mail.getSubject()).isEqualTo("Your verification code");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("jane@example.com");
    assertThat(mail.getFrom())
        .extracting(Object::toString)
        .containsExactly("Gatehouse <no-reply@auth.example>");
    assertThat(mail.getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
    assertThat((String) mail.getContent()).contains("Your verification code is " + Messages.CODE);
    assertThat(mail.getMessageID()).isEqualTo("<id-1@auth.example>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getSentDate()).isNotNull();
  }

  @Test
  void aPoolsSenderAndReplyAddressAreUsed() throws Exception {
    MimeMessage mail =
        received(Messages.from(mail(), "Shop <shop@shop.example>", "help@shop.example"));
    assertThat(mail.getFrom())
        .extracting(Object::toString)
        .containsExactly("Shop <shop@shop.example>");
    assertThat(mail.getReplyTo()).extracting(Object::toString).containsExactly("help@shop.example");
    assertThat(mail.getMessageID()).isEqualTo("<id-1@shop.example>");
  }

  @Test
  void subjectsAndBodiesHoldEveryScript() throws Exception {
    Message message =
        new Message(
            POOL,
            Medium.EMAIL,
            "jane@example.com",
            "Ваш код – 確認コード",
            "<p>確認コード 842617 – é</p>",
            Secret.of(Messages.CODE),
            "jane",
            EXPIRES,
            null,
            null);
    MimeMessage mail = received(message);
    assertThat(mail.getSubject()).isEqualTo("Ваш код – 確認コード");
    assertThat(((String) mail.getContent()).strip()).isEqualTo("<p>確認コード 842617 – é</p>");
  }

  @Test
  void noLineBreakOfASubjectBecomesAHeader() throws Exception {
    for (String lineBreak : new String[] {"\r\n", "\n", "\r", "\u2028", "\u0085", "\r\n\r\n"}) {
      MimeMessage mail =
          received(
              Messages.mail(
                  POOL, "jane@example.com", "Hello" + lineBreak + "Bcc: eve@example.com", EXPIRES));
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getRecipients(RecipientType.BCC)).isNull();
      assertThat(mail.getSubject()).startsWith("Hello ").contains("Bcc: eve@example.com");
      assertThat((String) mail.getContent()).startsWith("Your verification code");
    }
  }

  @Test
  void aRecipientThatIsNotOneAddressReachesNobody() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(null, "8BITMIME", Map.of())) {
      for (String recipient :
          new String[] {
            "jane@example.com\r\nRCPT TO:<eve@example.com>",
            "jane@example.com,eve@example.com",
            "friends: jane@example.com, eve@example.com;",
            "Jane <jane@example.com>",
            "jane@example.com> SIZE=1",
            "jäne@example.com",
            "jane",
            ""
          }) {
        TransportException refused =
            refusal(open(server.port()), Messages.mail(POOL, recipient, EXPIRES));
        assertThat(refused.outlook()).as("%s", recipient).isEqualTo(Outlook.FINAL);
        assertThat(refused).hasMessageNotContaining("eve");
      }
      assertThat(server.heard()).doesNotContain("RCPT", "eve");
    }
  }

  @Test
  void passwordAndMailTravelInsideStarttls() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp(
            localhost().context(),
            "STARTTLS",
            Map.of("EHLO", "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"))) {
      send(config(server.port(), Tls.STARTTLS, localhost().pem()), mail());
      assertThat(server.heard()).contains("RCPT TO:<jane@example.com>", Messages.CODE);
      assertThat(server.lines())
          .filteredOn(line -> !line.encrypted())
          .extracting(line -> line.text().split(" ", -1)[0])
          .containsExactly("EHLO", "STARTTLS");
      String credentials =
          Base64.getEncoder().encodeToString(("mailer\0mailer\0" + PASSWORD).getBytes(UTF_8));
      assertThat(server.lines())
          .filteredOn(Line::encrypted)
          .extracting(Line::text)
          .contains("AUTH PLAIN " + credentials);
    }
  }

  @Test
  void aServerThatHidesStarttlsGetsNothing() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(null, "AUTH PLAIN LOGIN", Map.of())) {
      TransportException failure =
          refusal(config(server.port(), Tls.STARTTLS, localhost().pem()), mail());
      assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
      assertThat(server.heard()).doesNotContain("AUTH", "MAIL", "RCPT", Messages.CODE);
    }
  }

  @Test
  void aCertificateOfAnotherNameOrAuthorityGetsNothing() throws Exception {
    TestCertificate other = Objects.requireNonNull(elsewhere);
    for (TestCertificate shown : new TestCertificate[] {other, localhost()}) {
      Path trusted = shown.equals(other) ? other.pem() : null;
      try (ScriptedSmtp server = new ScriptedSmtp(shown.context(), "STARTTLS", Map.of())) {
        TransportException failure = refusal(config(server.port(), Tls.STARTTLS, trusted), mail());
        assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
        assertThat(server.heard()).doesNotContain("AUTH", "MAIL", Messages.CODE);
      }
    }
  }

  @Test
  void withTlsFromTheStartEveryByteIsEncrypted() throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.withTlsFromTheStart(localhost().context(), Map.of())) {
      send(config(server.port(), Tls.TLS, localhost().pem()), mail());
      String credentials =
          Base64.getEncoder().encodeToString(("mailer\0mailer\0" + PASSWORD).getBytes(UTF_8));
      assertThat(server.lines()).allMatch(Line::encrypted);
      assertThat(server.heard())
          .startsWith("EHLO")
          .contains("AUTH PLAIN " + credentials, "RCPT TO:<jane@example.com>", Messages.CODE)
          .doesNotContain("STARTTLS");
    }
  }

  @Test
  void withTlsFromTheStartAnotherNameOrAuthorityGetsNothing() throws Exception {
    TestCertificate other = Objects.requireNonNull(elsewhere);
    for (TestCertificate shown : new TestCertificate[] {other, localhost()}) {
      Path trusted = shown.equals(other) ? other.pem() : null;
      try (ScriptedSmtp server = ScriptedSmtp.withTlsFromTheStart(shown.context(), Map.of())) {
        TransportException failure = refusal(config(server.port(), Tls.TLS, trusted), mail());
        assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
        assertThat(server.lines()).isEmpty();
      }
    }
  }

  @Test
  void aServerThatAnswersInClearWhereTlsIsDueGetsNothing() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(null, "AUTH PLAIN LOGIN", Map.of())) {
      TransportException failure =
          refusal(config(server.port(), Tls.TLS, localhost().pem()), mail());
      assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
      assertThat(server.heard()).doesNotContain("EHLO", "AUTH", "MAIL", Messages.CODE);
    }
  }

  @Test
  void whatTheServerWillNeverTakeIsFinal() throws Exception {
    for (Map<String, String> script :
        List.of(
            Map.of("RCPT", "550 5.1.1 <jane@example.com> unknown"),
            Map.of(".", "554 jane is spam"))) {
      try (ScriptedSmtp server = new ScriptedSmtp(null, "8BITMIME", script)) {
        TransportException failure = refusal(open(server.port()), mail());
        assertThat(failure.outlook()).isEqualTo(Outlook.FINAL);
        assertThat(failure).hasMessageMatching("SMTP: the (recipient|mail) was refused, 55[04]");
      }
    }
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    for (Map<String, String> script :
        List.of(
            Map.of("RCPT", "451 greylisted jane@example.com"),
            Map.of(".", "452 full"),
            Map.of("MAIL", "550 sender not allowed"),
            Map.of("EHLO", "421 too many", "HELO", "421 too many"))) {
      try (ScriptedSmtp server = new ScriptedSmtp(null, "8BITMIME", script)) {
        TransportException failure = refusal(open(server.port()), mail());
        assertThat(failure.outlook()).as("%s", script).isEqualTo(Outlook.PASSING);
        assertThat(failure).hasMessageNotContaining("jane");
      }
    }
  }

  @Test
  void aWrongPasswordIsTriedAgainAndNotShown() throws Exception {
    Map<String, String> script =
        Map.of("EHLO", "250-test\r\n250 AUTH PLAIN", "AUTH", "535 " + PASSWORD + " is wrong");
    try (ScriptedSmtp server = new ScriptedSmtp(null, "", script)) {
      TransportException failure = refusal(config(server.port(), Tls.NONE, null), mail());
      assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
      assertThat(failure)
          .hasMessage("SMTP: the server refused user or password")
          .hasMessageNotContaining(PASSWORD);
    }
  }

  @Test
  void anUnreachableServerIsTriedAgain() throws Exception {
    int port;
    try (ScriptedSmtp server = new ScriptedSmtp(null, "", Map.of())) {
      port = server.port();
    }
    TransportException failure = refusal(open(port), mail());
    assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
    assertThat(failure).hasMessageStartingWith("SMTP: MailConnectException");
  }

  @Test
  void aServerThatHangsUpAfterTakingTheMailHasTakenIt() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(null, "8BITMIME", Map.of("QUIT", "421 gone"))) {
      send(open(server.port()), mail());
      assertThat(server.heard()).contains(Messages.CODE);
    }
  }

  @Test
  void nothingOfAMailIsLogged() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      received(mail());
      try (ScriptedSmtp server =
          new ScriptedSmtp(null, "8BITMIME", Map.of("RCPT", "550 jane@example.com unknown"))) {
        refusal(open(server.port()), mail());
      }
      assertThat(
              log.text().lines().filter(line -> !line.contains("com.icegreen")).toList().toString())
          .doesNotContain("jane@", Messages.CODE, PASSWORD);
    }
  }

  @Test
  void aFileWithoutCertificatesIsRefusedAtStart() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> send(config(25, Tls.TLS, empty), mail())))
        .hasMessageContaining("empty.pem");
  }
}

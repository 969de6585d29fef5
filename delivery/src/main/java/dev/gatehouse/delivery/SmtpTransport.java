package dev.gatehouse.delivery;

import dev.gatehouse.delivery.DeliveryConfig.Smtp;
import dev.gatehouse.delivery.DeliveryConfig.Tls;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** E-mail by SMTP (RFC 5321), with STARTTLS or TLS, and authentication. */
public final class SmtpTransport implements Transport {
  private static final String TIMEOUT_MILLIS = "20000";

  private final Smtp config;
  private final Session session;

  public SmtpTransport(Smtp config) {
    this.config = config;
    this.session = Session.getInstance(properties(config), authenticator(config));
  }

  private static Properties properties(Smtp config) {
    Tls tls = config.tls() == null ? Tls.STARTTLS : config.tls();
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", config.host());
    properties.put(
        "mail.smtp.port", String.valueOf(config.port() == null ? port(tls) : config.port()));
    properties.put("mail.smtp.auth", String.valueOf(config.user() != null));
    properties.put("mail.smtp.ssl.enable", String.valueOf(tls == Tls.TLS));
    properties.put("mail.smtp.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
    properties.put("mail.smtp.starttls.required", String.valueOf(tls == Tls.STARTTLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
    return properties;
  }

  private static int port(Tls tls) {
    return switch (tls) {
      case TLS -> 465;
      case STARTTLS -> 587;
      case NONE -> 25;
    };
  }

  private static Authenticator authenticator(Smtp config) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(
            config.user(), config.password() == null ? "" : config.password().text());
      }
    };
  }

  @Override
  public void send(String id, Message message) throws TransportException {
    try {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(new InternetAddress(message.from() == null ? config.from() : message.from()));
      mail.setRecipient(RecipientType.TO, new InternetAddress(message.recipient(), true));
      if (message.replyTo() != null) {
        mail.setReplyTo(new InternetAddress[] {new InternetAddress(message.replyTo())});
      }
      mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
      mail.setContent(message.body(), "text/html; charset=utf-8");
      mail.setHeader("X-Gatehouse-Id", id);
      mail.saveChanges();
      jakarta.mail.Transport.send(mail);
    } catch (MessagingException failure) {
      // a server's words may repeat the recipient
      throw new TransportException("SMTP: " + failure.getClass().getSimpleName());
    }
  }
}

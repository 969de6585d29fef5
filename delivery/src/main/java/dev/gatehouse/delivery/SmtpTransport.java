package dev.gatehouse.delivery;

import dev.gatehouse.delivery.DeliveryConfig.Smtp;
import dev.gatehouse.delivery.DeliveryConfig.Tls;
import dev.gatehouse.kernel.WallClock;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * E-mail by SMTP (RFC 5321), with STARTTLS or TLS, and authentication. A mail's Message-ID is made
 * of the message's id, so that mailboxes may drop one that comes twice.
 */
public final class SmtpTransport implements Transport {
  private static final String TIMEOUT_MILLIS = "20000";

  private final Smtp config;
  private final InternetAddress from;
  private final Session session;
  private final WallClock clock;

  /**
   * @throws IllegalArgumentException when the file of trusted certificates cannot be read
   */
  public SmtpTransport(Smtp config, WallClock clock) {
    this.config = config;
    this.from = Addresses.sender(config.from()).orElseThrow();
    this.session = Session.getInstance(properties(config));
    this.clock = clock;
  }

  private static Properties properties(Smtp config) {
    Tls tls = config.protection();
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", String.valueOf(config.user() != null));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put("mail.smtp.ssl.enable", String.valueOf(tls == Tls.TLS));
    properties.put("mail.smtp.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
    properties.put("mail.smtp.starttls.required", String.valueOf(tls == Tls.STARTTLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
    // Once the server has taken the mail nothing may fail any more.
    properties.put("mail.smtp.quitwait", "false");
    if (config.trust() != null) {
      SSLContext trusted = TrustedAuthorities.of(config.trust()).context();
      properties.put("mail.smtp.ssl.socketFactory", trusted.getSocketFactory());
    }
    return properties;
  }

  @Override
  public void send(String id, Message message) throws TransportException {
    boolean taken = false;
    try (SMTPTransport server = new SMTPTransport(session, null)) {
      MimeMessage mail = mail(id, message);
      server.connect(
          config.host(),
          config.effectivePort(),
          config.user(),
          config.password() == null ? null : config.password().text());
      server.sendMessage(mail, new Address[] {mailbox(message.recipient())});
      taken = true;
    } catch (MessagingException failure) {
      if (!taken) {
        throw explained(failure);
      }
    }
  }

  private MimeMessage mail(String id, Message message)
      throws MessagingException, TransportException {
    InternetAddress sender = message.from() == null ? from : sender(message.from());
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            String address = sender.getAddress();
            setHeader("Message-ID", "<" + id + address.substring(address.lastIndexOf('@')) + ">");
          }
        };
    mail.setFrom(sender);
    mail.setRecipient(RecipientType.TO, mailbox(message.recipient()));
    if (message.replyTo() != null) {
      mail.setReplyTo(new Address[] {sender(message.replyTo())});
    }
    mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
    mail.setText(message.body(), StandardCharsets.UTF_8.name(), "html");
    mail.setSentDate(Date.from(clock.now()));
    // RFC 3834: no holiday notes in answer to a code.
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.saveChanges();
    return mail;
  }

  private static InternetAddress mailbox(String text) throws TransportException {
    return required(Addresses.mailbox(text));
  }

  private static InternetAddress sender(String text) throws TransportException {
    return required(Addresses.sender(text));
  }

  private static InternetAddress required(Optional<InternetAddress> address)
      throws TransportException {
    return address.orElseThrow(() -> TransportException.refused("SMTP: not one mail address"));
  }

  /**
   * The kind of failure and the server's code, never its words, which may repeat the recipient. A
   * 5xx to the recipient or to the text is final (RFC 5321 §4.2.1); to the sign-in or to the sender
   * it is the configuration's fault, which may be mended before the message expires.
   */
  private static TransportException explained(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return new TransportException("SMTP: the server refused user or password");
    }
    for (Exception at = failure; at != null; at = next(at)) {
      if (at instanceof SMTPAddressFailedException recipient) {
        return byCode("the recipient", recipient.getReturnCode());
      }
      if (at instanceof SMTPSendFailedException refused) {
        String command = refused.getCommand();
        return command != null && command.startsWith("MAIL")
            ? new TransportException("SMTP: the sender was refused, " + refused.getReturnCode())
            : byCode("the mail", refused.getReturnCode());
      }
    }
    Exception cause = next(failure);
    return new TransportException(
        "SMTP: "
            + failure.getClass().getSimpleName()
            + (cause == null ? "" : " by " + cause.getClass().getSimpleName()));
  }

  private static TransportException byCode(String what, int code) {
    String detail = "SMTP: " + what + " was refused, " + code;
    return code >= 500 && code < 600
        ? TransportException.refused(detail)
        : new TransportException(detail);
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException known ? known.getNextException() : null;
  }
}

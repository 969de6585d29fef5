package dev.gatehouse.delivery;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;

/** Messages for tests. */
final class Messages {
  static final String CODE = "842617";

  private Messages() {}

  static Message sms(String pool, String recipient, Instant expires) {
    return new Message(
        pool,
        Medium.SMS,
        recipient,
        null,
        "Your verification code is " + CODE + ".",
        Secret.of(CODE),
        "jane",
        expires,
        null,
        null);
  }

  static Message mail(String pool, String recipient, Instant expires) {
    return mail(pool, recipient, "Your verification code", expires);
  }

  static Message mail(String pool, String recipient, String subject, Instant expires) {
    return new Message(
        pool,
        Medium.EMAIL,
        recipient,
        subject,
        "Your verification code is " + CODE + ".",
        Secret.of(CODE),
        "jane",
        expires,
        null,
        null);
  }

  static Message from(Message mail, String from, String replyTo) {
    return new Message(
        mail.poolId(),
        mail.medium(),
        mail.recipient(),
        mail.subject(),
        mail.body(),
        mail.code(),
        mail.username(),
        mail.expires(),
        from,
        replyTo);
  }
}

package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.EmailMfaConfigType;
import dev.gatehouse.model.cognitoidp.MessageTemplateType;
import dev.gatehouse.model.cognitoidp.VerificationMessageTemplateType;
import dev.gatehouse.userpool.Triggers.MessagePlace;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.pool.Pool;
import org.jspecify.annotations.Nullable;

/** The texts of messages: the pool's own templates, else Cognito's (userpool.md §1, §6). */
final class MessageTemplates {
  private MessageTemplates() {}

  /** A text with places for values. */
  record Texts(String body, String subject) {}

  private static final Texts CODE =
      new Texts("Your verification code is {####}.", "Your verification code");
  private static final Texts SIGN_IN =
      new Texts("Your authentication code is {####}.", "Your authentication code");
  private static final Texts INVITATION =
      new Texts(
          "Your username is {username} and temporary password is {####}.",
          "Your temporary password");
  private static final Texts PASSWORDLESS_INVITATION =
      new Texts("Your username is {username}.", "Your new account");

  /** VerificationMessageTemplate. */
  static Texts verification(Pool pool, Medium medium) {
    VerificationMessageTemplateType template = pool.settings().verificationMessageTemplate();
    return template == null
        ? CODE
        : orElse(
            medium == Medium.EMAIL ? template.emailMessage() : template.smsMessage(),
            template.emailSubject(),
            CODE);
  }

  /** SmsAuthenticationMessage or EmailMfaConfiguration. */
  static Texts signIn(Pool pool, Medium medium) {
    EmailMfaConfigType email = pool.document().emailMfa();
    return orElse(
        medium == Medium.SMS
            ? pool.settings().smsAuthenticationMessage()
            : email == null ? null : email.message(),
        email == null ? null : email.subject(),
        SIGN_IN);
  }

  /** InviteMessageTemplate. */
  static Texts invitation(Pool pool, Medium medium) {
    return invitation(pool, medium, INVITATION);
  }

  /** InviteMessageTemplate, for users without a password. */
  static Texts passwordlessInvitation(Pool pool, Medium medium) {
    return invitation(pool, medium, PASSWORDLESS_INVITATION);
  }

  private static Texts invitation(Pool pool, Medium medium, Texts otherwise) {
    MessageTemplateType template =
        pool.settings().adminCreateUserConfig() == null
            ? null
            : pool.settings().adminCreateUserConfig().inviteMessageTemplate();
    return template == null
        ? otherwise
        : orElse(
            medium == Medium.EMAIL ? template.emailMessage() : template.smsMessage(),
            template.emailSubject(),
            otherwise);
  }

  /** Those that are given, and the others where one is missing or empty. */
  static Texts orElse(@Nullable String body, @Nullable String subject, Texts otherwise) {
    return new Texts(orElse(body, otherwise.body()), orElse(subject, otherwise.subject()));
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /**
   * Puts the values into their places in one pass: a value that looks like a place is not filled
   * again.
   */
  static String fill(Medium medium, String template, String username, Secret code) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith(MessagePlace.CODE.text(), at)) {
        result.append(escaped(medium, code.text()));
        at += MessagePlace.CODE.text().length();
      } else if (template.startsWith(MessagePlace.USERNAME.text(), at)) {
        result.append(escaped(medium, username));
        at += MessagePlace.USERNAME.text().length();
      } else {
        result.append(template.charAt(at));
        at++;
      }
    }
    return result.toString();
  }

  /** Mail bodies are HTML: what users chose may not become markup. */
  static String escaped(Medium medium, String value) {
    return medium == Medium.SMS
        ? value
        : value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }
}

package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.EmailMfaConfigType;
import dev.gatehouse.model.cognitoidp.MessageTemplateType;
import dev.gatehouse.model.cognitoidp.VerificationMessageTemplateType;
import dev.gatehouse.userpool.directory.Codes.NewCode;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Composes what a pool's users receive: the pool's own templates, else Cognito's texts (userpool.md
 * §1, §6).
 */
public final class Messages {
  private static final String CODE = "Your verification code is {####}.";
  private static final String CODE_SUBJECT = "Your verification code";
  private static final String INVITATION =
      "Your username is {username} and temporary password is {####}.";
  private static final String PASSWORDLESS_INVITATION = "Your username is {username}.";
  private static final String PASSWORDLESS_SUBJECT = "Your new account";
  private static final String INVITATION_SUBJECT = "Your temporary password";

  private static final String SIGN_IN = "Your authentication code is {####}.";
  private static final String SIGN_IN_SUBJECT = "Your authentication code";

  private final Postbox postbox;
  private final Triggers triggers;
  private final Clock clock;

  public Messages(Postbox postbox, Triggers triggers, Clock clock) {
    this.postbox = postbox;
    this.triggers = triggers;
    this.clock = clock;
  }

  /** Why a code is sent; the name of CustomMessage's trigger source. */
  public enum Occasion {
    SIGN_UP("CustomMessage_SignUp"),
    RESEND_CODE("CustomMessage_ResendCode"),
    FORGOT_PASSWORD("CustomMessage_ForgotPassword"),
    UPDATE_ATTRIBUTE("CustomMessage_UpdateUserAttribute"),
    VERIFY_ATTRIBUTE("CustomMessage_VerifyUserAttribute"),
    ADMIN_CREATE_USER("CustomMessage_AdminCreateUser"),
    AUTHENTICATION("CustomMessage_Authentication");

    private final String triggerSource;

    Occasion(String triggerSource) {
      this.triggerSource = triggerSource;
    }
  }

  /**
   * Where a code goes.
   *
   * @param attribute {@code email} or {@code phone_number}
   */
  public record Address(String attribute, String value) {}

  /**
   * Where the code of a sign-up goes: with both attributes verified automatically SMS wins; empty
   * when there is none to send to.
   */
  public static Optional<Address> autoVerified(Pool pool, Map<String, String> attributes) {
    for (String attribute : new String[] {"phone_number", "email"}) {
      String address = attributes.get(attribute);
      if (address != null && pool.autoVerifiedAttributes().contains(attribute)) {
        return Optional.of(new Address(attribute, address));
      }
    }
    return Optional.empty();
  }

  /**
   * A code for the user.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing verification(Pool pool, User user, NewCode code, Occasion occasion) {
    triggers.customMessage(
        Triggers.Event.about(pool, null, user, Map.of()), occasion.triggerSource);
    return codeLetter(pool, user.username(), code);
  }

  /**
   * The code of a name that nobody has: put into words and sealed like any other, so that it costs
   * as much and is refused where the other is; never to be inserted.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing toNobody(Pool pool, String name, NewCode code) {
    return codeLetter(pool, name, code);
  }

  /**
   * A code that a sign-in asks for: in the words of SmsAuthenticationMessage or
   * EmailMfaConfiguration.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing signIn(Pool pool, User user, NewCode code) {
    triggers.customMessage(
        Triggers.Event.about(pool, null, user, Map.of()), Occasion.AUTHENTICATION.triggerSource);
    return signInLetter(pool, user.username(), code);
  }

  /**
   * The same for a name that nobody has; never to be inserted.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing signInToNobody(Pool pool, String name, NewCode code) {
    return signInLetter(pool, name, code);
  }

  private Outgoing signInLetter(Pool pool, String username, NewCode code) {
    Medium medium = Medium.of(code.row().attribute());
    EmailMfaConfigType email = pool.document().emailMfa();
    String text =
        medium == Medium.SMS
            ? pool.settings().smsAuthenticationMessage()
            : email == null ? null : email.message();
    String subject = orElse(email == null ? null : email.subject(), SIGN_IN_SUBJECT);
    return postbox.prepare(
        new Postbox.Letter(
            pool,
            medium,
            code.row().address(),
            medium == Medium.EMAIL ? subject : null,
            fill(medium, orElse(text, SIGN_IN), username, code.digits()),
            code.digits(),
            username,
            code.row().expires()));
  }

  private Outgoing codeLetter(Pool pool, String username, NewCode code) {
    VerificationMessageTemplateType template = pool.settings().verificationMessageTemplate();
    Medium medium = Medium.of(code.row().attribute());
    String text =
        orElse(
            template == null
                ? null
                : medium == Medium.EMAIL ? template.emailMessage() : template.smsMessage(),
            CODE);
    String subject = orElse(template == null ? null : template.emailSubject(), CODE_SUBJECT);
    return postbox.prepare(
        new Postbox.Letter(
            pool,
            medium,
            code.row().address(),
            medium == Medium.EMAIL ? subject : null,
            fill(medium, text, username, code.digits()),
            code.digits(),
            username,
            code.row().expires()));
  }

  /**
   * The temporary password for a user whom an administrator created.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing invitation(
      Pool pool, User user, Medium medium, String address, String shownName, Secret password) {
    Texts texts = invitationTexts(pool, medium, new Texts(INVITATION, INVITATION_SUBJECT));
    return invitation(pool, user, medium, address, shownName, password, texts);
  }

  /**
   * Tells a user whom an administrator created without a password; a place for one in the pool's
   * template stays empty.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing passwordlessInvitation(
      Pool pool, User user, Medium medium, String address, String shownName) {
    Texts texts =
        invitationTexts(pool, medium, new Texts(PASSWORDLESS_INVITATION, PASSWORDLESS_SUBJECT));
    return invitation(pool, user, medium, address, shownName, Secret.of(""), texts);
  }

  private record Texts(String body, String subject) {}

  private static Texts invitationTexts(Pool pool, Medium medium, Texts otherwise) {
    MessageTemplateType template =
        pool.settings().adminCreateUserConfig() == null
            ? null
            : pool.settings().adminCreateUserConfig().inviteMessageTemplate();
    if (template == null) {
      return otherwise;
    }
    return new Texts(
        orElse(
            medium == Medium.EMAIL ? template.emailMessage() : template.smsMessage(),
            otherwise.body()),
        orElse(template.emailSubject(), otherwise.subject()));
  }

  private Outgoing invitation(
      Pool pool,
      User user,
      Medium medium,
      String address,
      String shownName,
      Secret password,
      Texts texts) {
    triggers.customMessage(
        Triggers.Event.about(pool, null, user, Map.of()), Occasion.ADMIN_CREATE_USER.triggerSource);
    return postbox.prepare(
        new Postbox.Letter(
            pool,
            medium,
            address,
            medium == Medium.EMAIL ? texts.subject() : null,
            fill(medium, texts.body(), shownName, password),
            password,
            user.username(),
            clock.now().plus(Duration.ofDays(pool.passwordRules().temporaryDays()))));
  }

  /**
   * Puts the values into their places in one pass: a value that looks like a place is not filled
   * again.
   */
  private static String fill(Medium medium, String template, String username, Secret code) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith("{####}", at)) {
        result.append(escaped(medium, code.text()));
        at += "{####}".length();
      } else if (template.startsWith("{username}", at)) {
        result.append(escaped(medium, username));
        at += "{username}".length();
      } else {
        result.append(template.charAt(at));
        at++;
      }
    }
    return result.toString();
  }

  /** Mail bodies are HTML: what users chose may not become markup. */
  private static String escaped(Medium medium, String value) {
    return medium == Medium.SMS
        ? value
        : value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}

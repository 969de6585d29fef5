package dev.gatehouse.userpool;

import static dev.gatehouse.userpool.Triggers.MessagePlace.CODE;
import static dev.gatehouse.userpool.Triggers.MessagePlace.USERNAME;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.userpool.MessageTemplates.Texts;
import dev.gatehouse.userpool.Triggers.MessagePlace;
import dev.gatehouse.userpool.Triggers.MessageTexts;
import dev.gatehouse.userpool.directory.Codes.NewCode;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Composes what a pool's users receive: the pool's own templates, else Cognito's texts (userpool.md
 * §1, §6).
 */
public final class Messages {
  private final Postbox postbox;
  private final Triggers triggers;
  private final Clock clock;

  public Messages(Postbox postbox, Triggers triggers, Clock clock) {
    this.postbox = postbox;
    this.triggers = triggers;
    this.clock = clock;
  }

  /** Why a message is sent; the last part of its trigger source. */
  public enum Occasion {
    SIGN_UP("SignUp"),
    RESEND_CODE("ResendCode"),
    FORGOT_PASSWORD("ForgotPassword"),
    UPDATE_ATTRIBUTE("UpdateUserAttribute"),
    VERIFY_ATTRIBUTE("VerifyUserAttribute"),
    ADMIN_CREATE_USER("AdminCreateUser"),
    AUTHENTICATION("Authentication");

    private final String source;

    Occasion(String source) {
      this.source = source;
    }
  }

  /**
   * What brought a message about.
   *
   * @param client null for calls that name no client
   * @param metadata {@code ClientMetadata} of the call
   */
  public record Cause(Occasion occasion, @Nullable AppClient client, Map<String, String> metadata) {
    /** Of a change that brings no message about. */
    public static Cause none() {
      return new Cause(Occasion.UPDATE_ATTRIBUTE, null, Map.of());
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

  /** A message that the pool's own sender gets, once what it tells about is committed. */
  private record HandedOver(Destination destination, Runnable handOver) implements Outgoing {
    @Override
    public boolean travels() {
      return false;
    }

    @Override
    public void insert(Handle handle) {}

    @Override
    public void committed() {
      handOver.run();
    }
  }

  /** What goes out, before it is put into words. */
  private record Draft(
      Pool pool,
      User user,
      String shownName,
      Medium medium,
      String address,
      Secret code,
      Instant expires) {
    static Draft of(Pool pool, User user, NewCode code) {
      return new Draft(
          pool,
          user,
          user.username(),
          Messages.medium(code),
          code.row().address(),
          code.digits(),
          code.row().expires());
    }
  }

  /** Whether a function of the pool's has a word in its messages: it may look at the user. */
  public boolean askFunctions(Pool pool) {
    LambdaConfigType lambda = pool.settings().lambdaConfig();
    return lambda != null && lambda.customMessage() != null;
  }

  /**
   * A code for the user.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport, and
   *     what CustomMessage brings
   */
  public Outgoing verification(Pool pool, User user, NewCode code, Cause cause) {
    Draft draft = Draft.of(pool, user, code);
    return compose(
        draft, MessageTemplates.verification(pool, draft.medium()), cause, List.of(CODE));
  }

  /**
   * The code of a name that nobody has: put into words and sealed like any other, so that it costs
   * as much and is refused where the other is; never to be inserted.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing toNobody(Pool pool, String name, NewCode code) {
    return toNobody(pool, name, code, MessageTemplates.verification(pool, medium(code)));
  }

  private Outgoing toNobody(Pool pool, String name, NewCode code, Texts texts) {
    if (triggers.sends(pool, medium(code))) {
      return new HandedOver(Destination.of(medium(code), code.row().address()), () -> {});
    }
    return letter(
        pool,
        name,
        medium(code),
        code.row().address(),
        filled(texts, medium(code), name, code.digits()),
        code.digits(),
        code.row().expires());
  }

  private static Medium medium(NewCode code) {
    return Medium.of(code.row().attribute());
  }

  /**
   * A code that a sign-in asks for: in the words of SmsAuthenticationMessage or
   * EmailMfaConfiguration.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport, and
   *     what CustomMessage brings
   */
  public Outgoing signIn(Pool pool, User user, NewCode code, Cause cause) {
    Draft draft = Draft.of(pool, user, code);
    return compose(draft, MessageTemplates.signIn(pool, draft.medium()), cause, List.of(CODE));
  }

  /**
   * The same for a name that nobody has; never to be inserted.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport
   */
  public Outgoing signInToNobody(Pool pool, String name, NewCode code) {
    return toNobody(pool, name, code, MessageTemplates.signIn(pool, medium(code)));
  }

  /**
   * The temporary password for a user whom an administrator created.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport, and
   *     what CustomMessage brings
   */
  public Outgoing invitation(
      Pool pool, User user, Medium medium, String shownName, Secret password, Cause cause) {
    return compose(
        invited(pool, user, medium, shownName, password),
        MessageTemplates.invitation(pool, medium),
        cause,
        List.of(CODE, USERNAME));
  }

  /**
   * Tells a user who was created without a password; a place for one in the pool's template stays
   * empty.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when the medium has no transport, and
   *     what CustomMessage brings
   */
  public Outgoing passwordlessInvitation(
      Pool pool, User user, Medium medium, String shownName, Cause cause) {
    return compose(
        invited(pool, user, medium, shownName, Secret.of("")),
        MessageTemplates.passwordlessInvitation(pool, medium),
        cause,
        List.of(USERNAME));
  }

  private Draft invited(Pool pool, User user, Medium medium, String shownName, Secret password) {
    return new Draft(
        pool,
        user,
        shownName,
        medium,
        Objects.requireNonNull(user.attribute(medium.attribute())),
        password,
        clock.now().plus(Duration.ofDays(pool.passwordRules().temporaryDays())));
  }

  /**
   * For the pool's own sender where it has one; else in the words of CustomMessage where it has
   * any, else of the template.
   */
  private Outgoing compose(Draft draft, Texts template, Cause cause, List<MessagePlace> places) {
    Triggers.Event event =
        Triggers.Event.about(draft.pool(), cause.client(), draft.user(), cause.metadata());
    String source = cause.occasion().source;
    if (triggers.sends(draft.pool(), draft.medium())) {
      // functions put temporary passwords into mails as they find them
      Secret code =
          cause.occasion() == Occasion.ADMIN_CREATE_USER
              ? Secret.of(MessageTemplates.escaped(Medium.EMAIL, draft.code().text()))
              : draft.code();
      return new HandedOver(
          Destination.of(draft.medium(), draft.address()),
          () -> triggers.send(event, draft.medium(), source, code));
    }
    MessageTexts own = triggers.customMessage(event, "CustomMessage_" + source, places);
    Texts texts =
        MessageTemplates.orElse(
            draft.medium() == Medium.EMAIL ? own.email() : own.sms(), own.emailSubject(), template);
    return letter(
        draft.pool(),
        draft.user().username(),
        draft.medium(),
        draft.address(),
        filled(texts, draft.medium(), draft.shownName(), draft.code()),
        draft.code(),
        draft.expires());
  }

  private static Texts filled(Texts texts, Medium medium, String shownName, Secret code) {
    return new Texts(MessageTemplates.fill(medium, texts.body(), shownName, code), texts.subject());
  }

  private Outgoing letter(
      Pool pool,
      String username,
      Medium medium,
      String address,
      Texts texts,
      Secret code,
      Instant expires) {
    return postbox.prepare(
        new Postbox.Letter(
            pool,
            medium,
            address,
            medium == Medium.EMAIL ? texts.subject() : null,
            texts.body(),
            code,
            username,
            expires));
  }
}

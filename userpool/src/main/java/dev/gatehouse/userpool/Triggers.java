package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.TokenContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places where a pool's Lambda functions are called (triggers.md §2), one method for each. No
 * transaction is open while one runs. A pool without the function passes at no cost.
 *
 * <p>All may refuse with LAMBDA_FAILED (the function raised an error), UNEXPECTED_LAMBDA (it could
 * not be called) and the two LAMBDA_OUTPUT reasons.
 */
public interface Triggers {
  /**
   * What every trigger's event tells.
   *
   * @param client null for calls that name no client
   * @param username the stored username, or the one that was typed where there is no user
   * @param attributes as {@code userAttributes} shows them
   * @param metadata {@code ClientMetadata}, where it is for this trigger (triggers.md §1)
   */
  record Event(
      Pool pool,
      @Nullable AppClient client,
      String username,
      Map<String, String> attributes,
      Map<String, String> metadata) {
    /** The event about a stored user. */
    public static Event about(
        Pool pool, @Nullable AppClient client, User user, Map<String, String> metadata) {
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("sub", user.sub());
      attributes.put("cognito:user_status", user.status().name());
      for (String alias : pool.aliasAttributes()) {
        String address = user.attribute(alias);
        if (address != null && user.verified(alias)) {
          attributes.put(alias.equals("email") ? EMAIL_ALIAS : PHONE_NUMBER_ALIAS, address);
        }
      }
      attributes.putAll(user.attributes());
      return new Event(pool, client, user.username(), attributes, metadata);
    }

    private static final String EMAIL_ALIAS = "cognito:email_alias";
    private static final String PHONE_NUMBER_ALIAS = "cognito:phone_number_alias";
  }

  /**
   * Before a user is created.
   *
   * @param event with the attributes that were given, and no others
   * @param triggerSource PreSignUp_SignUp or PreSignUp_AdminCreateUser
   * @param validationData {@code ValidationData}
   */
  PreSignUpReply preSignUp(Event event, String triggerSource, Map<String, String> validationData);

  /** What PreSignUp answers. */
  record PreSignUpReply(boolean autoConfirmUser, boolean autoVerifyEmail, boolean autoVerifyPhone) {
    public static final PreSignUpReply NOTHING = new PreSignUpReply(false, false, false);
  }

  /**
   * After a user was confirmed.
   *
   * @param triggerSource PostConfirmation_ConfirmSignUp or PostConfirmation_ConfirmForgotPassword
   */
  void postConfirmation(Event event, String triggerSource);

  /**
   * After the name was resolved, before the credential is looked at.
   *
   * @param validationData {@code ClientMetadata} of the call that began the sign-in
   * @param userNotFound whether the name is nobody's
   */
  void preAuthentication(Event event, Map<String, String> validationData, boolean userNotFound);

  /**
   * After all challenges, before tokens are made.
   *
   * @param newDeviceUsed whether the sign-in came from a device that was not known before
   */
  void postAuthentication(Event event, boolean newDeviceUsed);

  /**
   * Before tokens are signed.
   *
   * @param triggerSource TokenGeneration_Authentication, _NewPasswordChallenge,
   *     _AuthenticateDevice, _RefreshTokens, …
   * @return the content to sign: the one given where nothing is changed
   */
  TokenContent preTokenGeneration(Event event, String triggerSource, TokenContent content);

  /**
   * Before a message is put into words. Not called where a sender of the pool's own takes the
   * message.
   *
   * @param triggerSource CustomMessage_SignUp, _ForgotPassword and so on
   * @param places that the texts must have
   */
  MessageTexts customMessage(Event event, String triggerSource, List<MessagePlace> places);

  /** A place that a message's text has for a value. */
  enum MessagePlace {
    CODE("{####}"),
    USERNAME("{username}");

    private final String text;

    MessagePlace(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** Texts that stand before the pool's templates; null = the template. */
  record MessageTexts(@Nullable String sms, @Nullable String email, @Nullable String emailSubject) {
    public static final MessageTexts NONE = new MessageTexts(null, null, null);
  }

  /**
   * When a name is unknown in a password flow or at ForgotPassword.
   *
   * @param triggerSource UserMigration_Authentication or UserMigration_ForgotPassword
   * @param password as it was typed; null at ForgotPassword
   * @param validationData {@code ClientMetadata} of the call that began the sign-in
   * @return empty when the function knows no such user either
   */
  Optional<Migrated> userMigration(
      Event event,
      String triggerSource,
      @Nullable Secret password,
      Map<String, String> validationData);

  /**
   * A user as UserMigration describes it.
   *
   * @param username another one than was typed; null = that one
   * @param status CONFIRMED or RESET_REQUIRED
   * @param welcome by which media the user is told; empty = not at all
   * @param takesAlias {@code forceAliasCreation}
   * @param smsMfa {@code enableSMSMFA}
   */
  record Migrated(
      @Nullable String username,
      Map<String, String> attributes,
      UserStatus status,
      List<Medium> welcome,
      boolean takesAlias,
      boolean smsMfa) {}

  /**
   * Whether a function of the pool's sends the messages of this medium in its stead.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when it could not be given the code
   */
  boolean sends(Pool pool, Medium medium);

  /**
   * Hands a message to the pool's own sender; returns at once, and whatever becomes of it changes
   * nothing (triggers.md §1).
   *
   * @param occasion the part of {@code triggerSource} after the underscore
   * @param code the code or temporary password, in the form that the function shall find
   */
  void send(Event event, Medium medium, String occasion, Secret code);
}

package dev.gatehouse.userpool;

import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places where a pool's Lambda functions are called (triggers.md §2), one method for each. No
 * transaction is open while one runs. A pool without the function passes at no cost.
 */
public interface Triggers {
  /**
   * What every trigger's event tells.
   *
   * @param client null for calls that name no client
   * @param username the stored username, or the one that was typed where there is no user
   * @param attributes the user's, with sub; those given at sign-up when there is no user
   * @param metadata {@code ClientMetadata}
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
      attributes.putAll(user.attributes());
      return new Event(pool, client, user.username(), attributes, metadata);
    }
  }

  /**
   * Before a user is created; {@code triggerSource} PreSignUp_SignUp or PreSignUp_AdminCreateUser.
   */
  PreSignUpReply preSignUp(Event event, String triggerSource, Map<String, String> validationData);

  /** What PreSignUp answers. */
  record PreSignUpReply(boolean autoConfirmUser, boolean autoVerifyEmail, boolean autoVerifyPhone) {
    public static final PreSignUpReply NOTHING = new PreSignUpReply(false, false, false);
  }

  /**
   * After a user was confirmed; PostConfirmation_ConfirmSignUp or
   * PostConfirmation_ConfirmForgotPassword.
   */
  void postConfirmation(Event event, String triggerSource);

  /** After the name was resolved, before the credential is looked at. */
  void preAuthentication(Event event, Map<String, String> validationData);

  /** After all challenges, before tokens are made. */
  void postAuthentication(Event event);

  /**
   * Before tokens are signed; TokenGeneration_Authentication, _NewPasswordChallenge,
   * _AuthenticateDevice or _RefreshTokens.
   */
  void preTokenGeneration(Event event, String triggerSource);

  /** Before a message is sent; CustomMessage_SignUp, _ForgotPassword and so on. */
  void customMessage(Event event, String triggerSource);

  /** When a name is unknown in a password flow or at ForgotPassword. */
  void userMigration(Event event, String triggerSource);
}

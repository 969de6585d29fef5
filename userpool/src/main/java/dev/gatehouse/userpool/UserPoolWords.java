package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.ErrorModel;
import dev.gatehouse.model.ErrorWords;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpErrors;
import dev.gatehouse.userpool.UserPoolReason.Why;

/**
 * Cognito's words for each {@link UserPoolReason}: exception type and text, the only place that
 * holds them. Texts that the specification marks as uncertain stand here too, so that a correction
 * is one line.
 */
public final class UserPoolWords implements ErrorWords {
  private static final String INVALID = "InvalidParameterException";
  private static final String NOT_AUTHORIZED = "NotAuthorizedException";
  private static final String NOT_FOUND = "ResourceNotFoundException";
  private static final String ATTEMPT_LIMIT = "Attempt limit exceeded, please try after some time.";

  @Override
  public ApiError words(Reason reason, OperationModel<?, ?> operation) {
    if (!(reason instanceof UserPoolReason refused)) {
      throw new IllegalArgumentException("not a reason of user pools: " + reason.getClass());
    }
    Words words = declared(wordsOf(refused.why()), operation);
    return new ApiError(words.type(), fill(words.text(), refused), status(words.type()));
  }

  private static int status(String type) {
    ErrorModel error = CognitoIdpErrors.all().get(type);
    return error == null ? 400 : error.status();
  }

  private record Words(String type, String text) {}

  /**
   * Where the model does not declare the natural exception for an operation, the one it declares
   * instead (a typed SDK would see an unmodelled error otherwise).
   */
  private static Words declared(Words words, OperationModel<?, ?> operation) {
    if (operation.errors().contains(words.type())) {
      return words;
    }
    return switch (words.type()) {
      case "PasswordHistoryPolicyViolationException" ->
          new Words("InvalidPasswordException", words.text());
      case "UnauthorizedException", "UnsupportedTokenTypeException", "UserNotFoundException" ->
          new Words(NOT_AUTHORIZED, words.text());
      case NOT_AUTHORIZED -> new Words("UnauthorizedException", words.text());
      case "ConcurrentModificationException" -> new Words("TooManyRequestsException", words.text());
      // named in the operation's text although missing in its modelled list (users.md §4)
      case "AliasExistsException" -> words;
      // a password sign-in of a pool with MFA ON answers it, although only later rounds declare it
      case "MFAMethodNotFoundException" -> words;
      default -> new Words(INVALID, words.text());
    };
  }

  private static String fill(String text, UserPoolReason refused) {
    String result = text;
    for (int i = 0; i < refused.arguments().size(); i++) {
      result = result.replace("{" + i + "}", refused.arguments().get(i));
    }
    return result;
  }

  /** One row a reason; without a default, so that the compiler finds a reason without words. */
  private static Words wordsOf(Why why) {
    return switch (why) {
      // pools and clients
      case POOL_UNKNOWN -> new Words(NOT_FOUND, "User pool {0} does not exist.");
      case CLIENT_UNKNOWN -> new Words(NOT_FOUND, "User pool client {0} does not exist.");
      case POOL_PROTECTED ->
          invalid(
              "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated"
                  + " first.");
      case FLOW_NOT_SERVED ->
          new Words(
              "InvalidUserPoolConfigurationException",
              "AuthFlow {0} is not served by this version of Gatehouse.");
      case SETTING_NOT_HONOURED ->
          new Words(
              "InvalidUserPoolConfigurationException",
              "The user pool's setting {0} is stored but not served by this version of Gatehouse; operations that it governs are"
                  + " refused.");
      case FEATURE_NOT_IN_TIER ->
          new Words(
              "FeatureUnavailableInTierException",
              "{0} is not available in the {1} feature plan. Upgrade the user pool tier to use it.");
      case INVALID_SETTING -> invalid("{0}");
      case TOKEN_VALIDITY_RANGE -> invalid("Invalid range for token validity.");
      case UNUSED_ACCOUNT_VALIDITY_DIFFERS ->
          invalid(
              "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
      case MFA_NEEDS_SMS ->
          invalid(
              "SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
      case SMS_NEEDED_FOR_PHONE_VERIFICATION ->
          invalid(
              "SMS configuration is required when phone_number is selected for auto verification");
      case MFA_OFF_WITH_FACTORS ->
          invalid(
              "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
      case MFA_ON_WITHOUT_FACTORS ->
          invalid(
              "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.");
      case MFA_ON_ALLOWS_PASSWORD_FIRST ->
          invalid(
              "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled");
      case MFA_ON_PASSKEY_SINGLE_FACTOR ->
          invalid(
              "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth"
                  + " factor");
      case CUSTOM_ATTRIBUTE_REQUIRED ->
          invalid("Required custom attributes are not supported currently.");
      case STANDARD_ATTRIBUTE_CHANGED ->
          invalid(
              "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {0}");
      case ATTRIBUTE_CONSTRAINTS -> invalid("{0}");
      case ATTRIBUTE_EXISTS -> invalid("custom:{0}: Existing attribute already has name {1}{0}.");
      case WRITE_ATTRIBUTES_MISS_REQUIRED ->
          invalid("Invalid write attributes specified while creating a client");
      case PROVIDER_UNKNOWN -> invalid("The provider {0} does not exist for User Pool {1}");
      case SCOPE_UNKNOWN ->
          new Words("ScopeDoesNotExistException", "The specified scope {0} does not exist.");
      case OAUTH_FLOW_INVALID -> new Words("InvalidOAuthFlowException", "{0}");
      case SECRETS_LIMIT ->
          new Words("LimitExceededException", "Client secrets cannot exceed limit of 2 secrets.");
      case SECRET_UNKNOWN -> new Words(NOT_FOUND, "Client secret {0} does not exist.");
      case TAG_RESOURCE_INVALID -> invalid("Invalid resource ARN.");
      case TAG_RESOURCE_UNKNOWN -> new Words(NOT_FOUND, "Resource {0} does not exist.");
      case PAGE_TOKEN_INVALID -> invalid("Invalid pagination token.");
      case CONCURRENT_CHANGE ->
          new Words("ConcurrentModificationException", "The resource is being changed; try again.");
      case SECRET_LAST -> invalid("The last client secret cannot be deleted.");
      case ADD_ON_OFF ->
          new Words(
              "UserPoolAddOnNotEnabledException",
              "User pool add-ons are not enabled for the user pool.");
      case LIMIT_OF -> new Words("LimitExceededException", "{0}");
      case GROUP_UNKNOWN -> new Words(NOT_FOUND, "Group not found.");
      case GROUP_EXISTS ->
          new Words("GroupExistsException", "A group with the name already exists");
      // client authentication
      case SECRET_HASH_WRONG ->
          new Words(NOT_AUTHORIZED, "Unable to verify secret hash for client {0}");
      case SECRET_HASH_MISSING ->
          new Words(
              NOT_AUTHORIZED,
              "Client {0} is configured with secret but SECRET_HASH was not received");
      case CLIENT_SECRET_WRONG ->
          new Words("UnauthorizedException", "Unable to verify the secret for client {0}");
      // flows and tokens
      case FLOW_NOT_SUPPORTED -> invalid("Initiate Auth method not supported.");
      case FLOW_NOT_ENABLED -> invalid("{0} flow not enabled for this client");
      case PASSWORD_FLOW_NOT_ENABLED ->
          invalid("USER_PASSWORD_AUTH flow not enabled for this client");
      case SRP_FLOW_NOT_ENABLED -> invalid("USER_SRP_AUTH is not enabled for the client.");
      case ADMIN_FLOW_NOT_ENABLED -> invalid("Auth flow not enabled for this client");
      case CUSTOM_FLOW_NOT_ENABLED -> invalid("CUSTOM_AUTH flow not enabled for this client");
      case CUSTOM_AUTH_NOT_CONFIGURED ->
          new Words(
              "InvalidUserPoolConfigurationException",
              "Custom auth lambda trigger is not configured for the user pool.");
      case CUSTOM_CHALLENGE_UNKNOWN ->
          new Words("InvalidLambdaResponseException", "Unrecognizable lambda output");
      case PARAMETER_MISSING -> invalid("Missing required parameter {0}");
      case SRP_A_INVALID -> invalid("Invalid SRP_A.");
      case SESSION_INVALID -> new Words(NOT_AUTHORIZED, "Invalid session for the user.");
      case SESSION_EXPIRED ->
          new Words(NOT_AUTHORIZED, "Invalid session for the user, session is expired.");
      case SESSION_USED ->
          new Words(NOT_AUTHORIZED, "Invalid session for the user, session can only be used once.");
      case WRONG_CREDENTIALS -> new Words(NOT_AUTHORIZED, "Incorrect username or password.");
      case LOCKED_OUT -> new Words(NOT_AUTHORIZED, "Password attempts exceeded");
      case USER_UNKNOWN -> new Words("UserNotFoundException", "User does not exist.");
      case USER_UNKNOWN_TO_CLIENT ->
          new Words("UserNotFoundException", "Username/client id combination not found.");
      case USER_DISABLED -> new Words(NOT_AUTHORIZED, "User is disabled.");
      case USER_NOT_CONFIRMED -> new Words("UserNotConfirmedException", "User is not confirmed.");
      case PASSWORD_RESET_REQUIRED ->
          new Words("PasswordResetRequiredException", "Password reset required for the user");
      case TEMPORARY_PASSWORD_EXPIRED ->
          new Words(
              NOT_AUTHORIZED,
              "Temporary password has expired and must be reset by an administrator.");
      case SIGN_IN_CODE_WRONG ->
          new Words("CodeMismatchException", "Invalid code or auth state for the user.");
      case SOFTWARE_TOKEN_CODE_WRONG ->
          new Words("CodeMismatchException", "Invalid code received for user");
      case SOFTWARE_TOKEN_CODE_USED ->
          new Words("ExpiredCodeException", "Your software token has already been used once.");
      case SOFTWARE_TOKEN_NOT_ENABLED ->
          new Words(
              "SoftwareTokenMFANotFoundException",
              "Software Token MFA has not been enabled by the userPool");
      case SOFTWARE_TOKEN_MISMATCH ->
          new Words(
              "EnableSoftwareTokenMFAException",
              "Code mismatch and fail enable Software Token MFA");
      case SOFTWARE_TOKEN_ABSENT ->
          invalid("No software token is waiting to be verified; associate one first.");
      case SESSION_OR_TOKEN -> invalid("Exactly one of AccessToken and Session is required.");
      case LEVELS_UNKNOWN -> invalid("TARGET_ACR_VALUES names no level of this user pool.");
      case LEVEL_UNREACHABLE ->
          invalid("The user cannot reach any of the levels of TARGET_ACR_VALUES.");
      case LEVEL_MET -> invalid("The level asked for has been reached already.");
      case TARGET_MISSING -> invalid("ACCESS_TOKEN is allowed only with TARGET_ACR_VALUES.");
      case MAX_AGE_INVALID -> invalid("MAX_AGE must be a whole number of seconds.");
      case ACCESS_TOKEN_OF_ANOTHER ->
          new Words(NOT_AUTHORIZED, "Access Token does not belong to the user.");
      case PASSKEYS_NOT_ENABLED ->
          new Words("WebAuthnNotEnabledException", "WEB_AUTHN is not enabled for this user pool.");
      case RELYING_PARTY_MISSING ->
          new Words(
              "WebAuthnConfigurationMissingException",
              "The user pool has neither a RelyingPartyId nor a domain.");
      case RELYING_PARTY_MISMATCH ->
          new Words(
              "WebAuthnRelyingPartyMismatchException",
              "The credential was made for another relying party.");
      case PASSKEY_CHALLENGE_UNKNOWN ->
          new Words(
              "WebAuthnChallengeNotFoundException", "The challenge is unknown, used or expired.");
      case PASSKEY_CLIENT_MISMATCH ->
          new Words(
              "WebAuthnClientMismatchException",
              "The registration was started by another app client.");
      case PASSKEY_ORIGIN ->
          new Words(
              "WebAuthnOriginNotAllowedException",
              "The origin does not belong to the relying party.");
      case PASSKEY_UNSUPPORTED ->
          new Words(
              "WebAuthnCredentialNotSupportedException",
              "The credential's algorithm is not supported.");
      case PASSKEY_INVALID -> invalid("Credential data is not valid");
      case PASSKEYS_LIMIT ->
          new Words("LimitExceededException", "A user cannot have more than 20 passkeys.");
      case PASSKEY_UNKNOWN -> new Words(NOT_FOUND, "Credential does not exist.");
      case PASSKEY_REFUSED -> new Words(NOT_AUTHORIZED, "Invalid passkey for the user.");
      case PASSKEY_MFA_NOT_ENABLED ->
          invalid(
              "WEB_AUTHN can be turned on only in a user pool whose FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION.");
      case NO_MFA_METHOD ->
          new Words("MFAMethodNotFoundException", "No MFA mechanism registerd in the account.");
      case MFA_NOT_OFFERED -> invalid("{0} is not among the factors that were offered.");
      case MFA_WITHOUT_ADDRESS -> invalid("User does not have delivery config set to turn on {0}");
      case MFA_PREFERENCES -> invalid("Only one factor can be the preferred one.");
      case MFA_NOT_ENABLED ->
          invalid("{0} cannot be preferred, since it is not turned on for the user.");
      case MFA_ADDRESS_NEEDED ->
          invalid("{0} is needed for multi-factor authentication and cannot be deleted.");
      case MFA_OPTIONS_INVALID ->
          invalid(
              "MFAOptions: only DeliveryMedium SMS with AttributeName phone_number is supported.");
      case DEVICE_UNKNOWN -> new Words(NOT_FOUND, "Device does not exist.");
      case DEVICE_KEY_INVALID -> invalid("Invalid device key given.");
      case DEVICE_EXISTS -> new Words("DeviceKeyExistsException", "Device already exists.");
      case DEVICE_VERIFIER_INVALID -> invalid("Invalid device secret verifier given.");
      case DEVICE_TRACKING_OFF ->
          new Words(
              "InvalidUserPoolConfigurationException",
              "Device tracking is not enabled for the user pool.");
      case ATTRIBUTE_ALREADY_PROVIDED ->
          new Words(NOT_AUTHORIZED, "Cannot modify an already provided {0}");
      case ATTRIBUTES_MISSING -> invalid("Invalid attributes given, {0} is missing");
      case ACCESS_TOKEN_INVALID -> new Words(NOT_AUTHORIZED, "Invalid Access Token");
      case ACCESS_TOKEN_EXPIRED -> new Words(NOT_AUTHORIZED, "Access Token has expired");
      case ACCESS_TOKEN_REVOKED -> new Words(NOT_AUTHORIZED, "Access Token has been revoked");
      case ACCESS_TOKEN_SCOPES ->
          new Words(NOT_AUTHORIZED, "Access Token does not have required scopes");
      case SESSION_UNKNOWN -> new Words(NOT_FOUND, "Session {0} does not exist.");
      case SESSION_OWN -> invalid("The current session cannot be revoked by itself; sign out.");
      case SESSION_TRACKING_OFF ->
          invalid("User session tracking is not enabled for the user pool.");
      case REFRESH_TOKEN_INVALID -> new Words(NOT_AUTHORIZED, "Invalid Refresh Token");
      case REFRESH_TOKEN_EXPIRED -> new Words(NOT_AUTHORIZED, "Refresh Token has expired");
      case REFRESH_TOKEN_REVOKED -> new Words(NOT_AUTHORIZED, "Refresh Token has been revoked");
      case REFRESH_TOKEN_REUSED ->
          new Words("RefreshTokenReuseException", "Refresh token has been reused");
      case REVOCATION_OFF ->
          new Words(
              "UnsupportedOperationException", "Token revocation is not enabled for the client.");
      case TOKEN_TYPE_UNSUPPORTED ->
          new Words("UnsupportedTokenTypeException", "Unsupported token type");
      // sign-up and users
      case SIGN_UP_NOT_PERMITTED ->
          new Words(NOT_AUTHORIZED, "SignUp is not permitted for this user pool");
      case USERNAME_EXISTS -> new Words("UsernameExistsException", "User already exists");
      case USER_ACCOUNT_EXISTS ->
          new Words("UsernameExistsException", "User account already exists");
      case ALIAS_EXISTS ->
          new Words("AliasExistsException", "An account with the given {0} already exists.");
      case USERNAME_LIKE_ALIAS ->
          invalid("Username cannot be of {0} format, since user pool is configured for {0} alias.");
      case PREFERRED_USERNAME_TOO_EARLY ->
          invalid(
              "Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username"
                  + " alias.");
      case USERNAME_NOT_EMAIL -> invalid("Username should be an email.");
      case USERNAME_NOT_PHONE -> invalid("Username should be a phone number.");
      case USERNAME_NOT_EMAIL_OR_PHONE ->
          invalid("Username should be either an email or a phone number.");
      case PASSWORD_POLICY ->
          new Words("InvalidPasswordException", "Password did not conform with policy: {0}");
      case PASSWORD_HISTORY ->
          new Words(
              "PasswordHistoryPolicyViolationException", "Password has previously been used.");
      case PASSWORD_NEEDED -> invalid("Password is required.");
      case SCHEMA -> invalid("Attributes did not conform to the schema: {0}");
      case ATTRIBUTE_NOT_WRITABLE ->
          new Words(NOT_AUTHORIZED, "A client attempted to write unauthorized attribute");
      case ATTRIBUTE_IMMUTABLE -> invalid("user.{0}: Attribute cannot be updated.\n");
      case ATTRIBUTE_UNKNOWN -> invalid("Invalid user attributes: {0}");
      case ATTRIBUTE_REQUIRED -> invalid("user.{0}: Required attribute cannot be deleted.");
      case EMAIL_FORMAT -> invalid("Invalid email address format.");
      case PHONE_FORMAT -> invalid("Invalid phone number format.");
      case CODE_WRONG ->
          new Words(
              "CodeMismatchException", "Invalid verification code provided, please try again.");
      case CODE_EXPIRED ->
          new Words("ExpiredCodeException", "Invalid code provided, please request a code again.");
      case ATTEMPTS_EXCEEDED -> new Words("LimitExceededException", ATTEMPT_LIMIT);
      case NOT_CONFIRMABLE ->
          new Words(NOT_AUTHORIZED, "User cannot be confirmed. Current status is {0}");
      case ALREADY_CONFIRMED -> invalid("User is already confirmed.");
      case NOTHING_TO_RESEND -> invalid("Cannot resend codes. Auto verification not turned on.");
      case RESEND_NOT_POSSIBLE ->
          new Words(
              "UnsupportedUserStateException",
              "Resend not possible. {0} status is not FORCE_CHANGE_PASSWORD");
      case MEDIUM_WITHOUT_ADDRESS -> invalid("Cannot send {0}, since no {1} was given");
      case CODE_DELIVERY_FAILED ->
          new Words(
              "CodeDeliveryFailureException",
              "The code could not be delivered: no {0} transport can take it.");
      case NO_VERIFIED_CHANNEL ->
          invalid(
              "Cannot reset password for the user as there is no registered/verified email or phone_number");
      case NOT_RESETTABLE ->
          new Words(NOT_AUTHORIZED, "User password cannot be reset in the current state.");
      case TEMPORARY_FOR_FEDERATED ->
          invalid("A temporary password cannot be set for a user of an external provider.");
      case ADMIN_RECOVERY_ONLY ->
          new Words(NOT_AUTHORIZED, "Contact administrator to reset password.");
      case ATTRIBUTE_NOT_VERIFIABLE ->
          invalid("Invalid attribute name. Only phone_number and email can be verified.");
      case ATTRIBUTE_ABSENT -> invalid("User does not have a registered {0}");
      case FILTER_UNPARSABLE -> invalid("Error while parsing filter");
      case FILTER_ATTRIBUTE -> invalid("Invalid search attribute: {0}");
      case ATTRIBUTES_TO_GET ->
          invalid("One or more requested attributes do not exist in user pool.");
      // triggers
      case LAMBDA_FAILED ->
          new Words("UserLambdaValidationException", "{0} failed with error {1}.");
      case UNEXPECTED_LAMBDA ->
          new Words("UnexpectedLambdaException", "{0} invocation failed due to error {1}");
      case LAMBDA_OUTPUT_UNRECOGNIZABLE ->
          new Words("InvalidLambdaResponseException", "Unrecognizable lambda output");
      case LAMBDA_OUTPUT_INVALID ->
          new Words("InvalidLambdaResponseException", "Invalid lambda function output : {0}");
      case MIGRATION_FAILED ->
          new Words("UserNotFoundException", "Exception migrating user in app client {0}");
      // imports
      case IMPORT_JOB_UNKNOWN -> new Words(NOT_FOUND, "User import job {0} does not exist.");
      case IMPORT_NOTHING_VERIFIED ->
          unmet("The user pool has no auto verified attributes, so no user can be imported.");
      case IMPORT_WITHOUT_FILE -> unmet("No CSV file has been uploaded for the user import job.");
      case IMPORT_NOT_STARTABLE ->
          unmet("The user import job cannot be started. Its current status is {0}.");
      case IMPORT_NOT_STOPPABLE ->
          unmet("The user import job cannot be stopped. Its current status is {0}.");
      case IMPORT_ANOTHER_RUNS -> unmet("Another user import job is running.");
      case IMPORT_IN_PROGRESS ->
          new Words(
              "UserImportInProgressException", "A user import is in progress for the user pool.");
    };
  }

  private static Words unmet(String text) {
    return new Words("PreconditionNotMetException", text);
  }

  private static Words invalid(String text) {
    return new Words(INVALID, text);
  }
}

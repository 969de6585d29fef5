package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;
import java.util.List;

/**
 * Why user pools refuse a request. {@link UserPoolWords} turns it into Cognito's exception and
 * text.
 *
 * @param arguments names and ids that the text mentions; never a secret, code or password
 */
public record UserPoolReason(Why why, List<String> arguments) implements Reason {
  public UserPoolReason {
    arguments = List.copyOf(arguments);
  }

  /** The closed set of reasons. */
  public enum Why {
    // pools and clients
    POOL_UNKNOWN,
    CLIENT_UNKNOWN,
    POOL_PROTECTED,
    SETTING_NOT_HONOURED,
    FLOW_NOT_SERVED,
    FEATURE_NOT_IN_TIER,
    INVALID_SETTING,
    TOKEN_VALIDITY_RANGE,
    UNUSED_ACCOUNT_VALIDITY_DIFFERS,
    MFA_NEEDS_SMS,
    SMS_NEEDED_FOR_PHONE_VERIFICATION,
    MFA_OFF_WITH_FACTORS,
    MFA_ON_WITHOUT_FACTORS,
    MFA_ON_ALLOWS_PASSWORD_FIRST,
    MFA_ON_PASSKEY_SINGLE_FACTOR,
    CUSTOM_ATTRIBUTE_REQUIRED,
    STANDARD_ATTRIBUTE_CHANGED,
    ATTRIBUTE_CONSTRAINTS,
    ATTRIBUTE_EXISTS,
    WRITE_ATTRIBUTES_MISS_REQUIRED,
    PROVIDER_UNKNOWN,
    SCOPE_UNKNOWN,
    OAUTH_FLOW_INVALID,
    SECRETS_LIMIT,
    SECRET_UNKNOWN,
    TAG_RESOURCE_INVALID,
    TAG_RESOURCE_UNKNOWN,
    PAGE_TOKEN_INVALID,
    CONCURRENT_CHANGE,
    SECRET_LAST,
    LIMIT_OF,
    // client authentication
    SECRET_HASH_WRONG,
    SECRET_HASH_MISSING,
    CLIENT_SECRET_WRONG,
    // flows
    FLOW_NOT_SUPPORTED,
    FLOW_NOT_ENABLED,
    PASSWORD_FLOW_NOT_ENABLED,
    SRP_FLOW_NOT_ENABLED,
    ADMIN_FLOW_NOT_ENABLED,
    PARAMETER_MISSING,
    SRP_A_INVALID,
    SESSION_INVALID,
    SESSION_EXPIRED,
    SESSION_USED,
    WRONG_CREDENTIALS,
    LOCKED_OUT,
    USER_UNKNOWN,
    USER_UNKNOWN_TO_CLIENT,
    USER_DISABLED,
    USER_NOT_CONFIRMED,
    PASSWORD_RESET_REQUIRED,
    TEMPORARY_PASSWORD_EXPIRED,
    ATTRIBUTE_ALREADY_PROVIDED,
    ATTRIBUTES_MISSING,
    // tokens
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_REVOKED,
    ACCESS_TOKEN_SCOPES,
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_EXPIRED,
    REFRESH_TOKEN_REVOKED,
    REFRESH_TOKEN_REUSED,
    REVOCATION_OFF,
    TOKEN_TYPE_UNSUPPORTED,
    // sign-up and users
    SIGN_UP_NOT_PERMITTED,
    USERNAME_EXISTS,
    USER_ACCOUNT_EXISTS,
    ALIAS_EXISTS,
    USERNAME_LIKE_ALIAS,
    PREFERRED_USERNAME_TOO_EARLY,
    USERNAME_NOT_EMAIL,
    USERNAME_NOT_PHONE,
    USERNAME_NOT_EMAIL_OR_PHONE,
    PASSWORD_POLICY,
    PASSWORD_HISTORY,
    PASSWORD_NEEDED,
    SCHEMA,
    ATTRIBUTE_NOT_WRITABLE,
    ATTRIBUTE_IMMUTABLE,
    ATTRIBUTE_UNKNOWN,
    ATTRIBUTE_REQUIRED,
    EMAIL_FORMAT,
    PHONE_FORMAT,
    CODE_WRONG,
    CODE_EXPIRED,
    ATTEMPTS_EXCEEDED,
    NOT_CONFIRMABLE,
    ALREADY_CONFIRMED,
    NOTHING_TO_RESEND,
    RESEND_NOT_POSSIBLE,
    MEDIUM_WITHOUT_ADDRESS,
    CODE_DELIVERY_FAILED,
    NO_VERIFIED_CHANNEL,
    NOT_RESETTABLE,
    TEMPORARY_FOR_FEDERATED,
    ADMIN_RECOVERY_ONLY,
    ATTRIBUTE_NOT_VERIFIABLE,
    ATTRIBUTE_ABSENT,
    FILTER_UNPARSABLE,
    FILTER_ATTRIBUTE,
    ATTRIBUTES_TO_GET,
    UNEXPECTED_LAMBDA;

    /** A refusal for this reason; {@code arguments} fill the places of its text. */
    public Refusal refusal(String... arguments) {
      return new Refusal(reason(arguments));
    }

    public UserPoolReason reason(String... arguments) {
      return new UserPoolReason(this, List.of(arguments));
    }
  }
}

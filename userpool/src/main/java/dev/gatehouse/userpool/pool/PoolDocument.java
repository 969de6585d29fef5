package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.EmailMfaConfigType;
import dev.gatehouse.model.cognitoidp.SoftwareTokenMfaConfigType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.WebAuthnConfigurationType;
import org.jspecify.annotations.Nullable;

/**
 * The stored document of a pool: its settings in the API's own shape, so that an absent member
 * stays absent when it is described (userpool.md §23.10). Id, Arn, dates and the number of users
 * are not in it; they come from the row.
 *
 * @param v version of this document's form
 * @param softwareTokenMfa set by SetUserPoolMfaConfig, which UpdateUserPool does not touch;
 *     likewise those that follow
 * @param smsMfa whether SetUserPoolMfaConfig named SMS as a factor; null when it did not say, then
 *     SMS is one wherever the pool has an SmsConfiguration
 * @param sessions set by SetUserPoolSessionConfiguration; null until then
 */
public record PoolDocument(
    int v,
    UserPoolType settings,
    @Nullable SoftwareTokenMfaConfigType softwareTokenMfa,
    @Nullable EmailMfaConfigType emailMfa,
    @Nullable WebAuthnConfigurationType webAuthn,
    @Nullable Boolean smsMfa,
    @Nullable SessionTracking sessions) {
  /** The document of a new pool. */
  public static PoolDocument ofNew(UserPoolType settings) {
    return new PoolDocument(1, settings, null, null, null, null, null);
  }

  public PoolDocument withSettings(UserPoolType next) {
    return new PoolDocument(v, next, softwareTokenMfa, emailMfa, webAuthn, smsMfa, sessions);
  }

  public PoolDocument withSessions(SessionTracking next) {
    return new PoolDocument(v, settings, softwareTokenMfa, emailMfa, webAuthn, smsMfa, next);
  }
}

package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import org.jspecify.annotations.Nullable;

/**
 * The stored document of an app client: its settings in the API's own shape, without ids, dates and
 * secrets.
 *
 * @param v version of this document's form
 * @param ssoMinutes MaxValidityMinutes of SetUserPoolClientSessionConfiguration; null until then.
 *     Kept for the pages of hosted login, which make the sessions that it is about
 */
public record ClientDocument(int v, UserPoolClientType settings, @Nullable Integer ssoMinutes) {
  /** The document of a new client. */
  public static ClientDocument ofNew(UserPoolClientType settings) {
    return new ClientDocument(1, settings, null);
  }

  public ClientDocument withSettings(UserPoolClientType next) {
    return new ClientDocument(v, next, ssoMinutes);
  }

  public ClientDocument withSsoMinutes(int next) {
    return new ClientDocument(v, settings, next);
  }
}

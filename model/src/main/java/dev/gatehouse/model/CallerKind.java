package dev.gatehouse.model;

/** What proves that a caller may call an operation (trait {@code gatehouse.api#caller}). */
public enum CallerKind {
  /** A SigV4 signature whose principal is allowed the action. */
  IAM,
  /** Member {@code AccessToken}. */
  ACCESS_TOKEN,
  /** Member {@code ClientId}, with {@code SecretHash} where the client has a secret. */
  CLIENT,
  /** Either {@code AccessToken} or {@code Session}. */
  ACCESS_TOKEN_OR_SESSION,
  /** A refresh token with the client that it was issued to. */
  REFRESH_TOKEN,
  /** {@code ClientId} and {@code Session}. */
  SESSION,
  /** {@code FeedbackToken}. */
  FEEDBACK_TOKEN,
  /** {@code ClientId} and {@code Secret} in clear. */
  CLIENT_SECRET,
  /** STS: a SAML assertion. */
  SAML_ASSERTION,
  /** STS: a token of a web identity provider. */
  WEB_IDENTITY_TOKEN,
  /** Nothing, or tokens that the operation itself judges: identity pools only. */
  PUBLIC
}

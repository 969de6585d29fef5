package dev.gatehouse.model;

/** What an operation's caller proves itself with (protocol.md §2). */
public enum CallerKind {
  /** A SigV4 signature. All others are unsigned; their proof is in the body. */
  IAM,
  CLIENT,
  SESSION,
  ACCESS_TOKEN,
  ACCESS_TOKEN_OR_SESSION,
  REFRESH_TOKEN,
  CLIENT_SECRET,
  FEEDBACK_TOKEN,
  WEB_IDENTITY_TOKEN,
  SAML_ASSERTION
}

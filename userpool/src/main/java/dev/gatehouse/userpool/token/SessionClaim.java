package dev.gatehouse.userpool.token;

/**
 * The claim in which tokens of a tracked session name it. Cognito's is not known; {@code sid} is
 * OpenID Connect's (new-2026.md §1.5).
 */
public enum SessionClaim {
  SID,
  NONE
}

package dev.gatehouse.jose;

/** The outcome of looking at a token. */
public sealed interface Verification {
  record Verified(VerifiedToken token) implements Verification {}

  record Refused(TokenRefusal refusal) implements Verification {}
}

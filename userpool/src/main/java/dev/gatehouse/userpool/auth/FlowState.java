package dev.gatehouse.userpool.auth;

import java.time.Instant;

/**
 * What a sign-in remembers between two rounds; travels sealed in {@code Session} (and {@code
 * SECRET_BLOCK}). One record for each challenge that can be outstanding.
 */
public sealed interface FlowState {
  /** 128 random bits as hex; the same over all rounds of one sign-in. */
  String flowId();

  /** The user, or the decoy of a name that nobody has. */
  String sub();

  /** When the session ends. */
  Instant expires();

  /** The name of the step in table {@code flow}. */
  String step();

  /**
   * PASSWORD_VERIFIER is outstanding.
   *
   * @param userIdForSrp what the client computes with
   * @param clientPublic A, big-endian
   * @param serverPublic B, big-endian
   * @param serverSecret b
   * @param credentialSetAt which password the challenge was made for; the epoch for a decoy
   */
  record PasswordVerifier(
      String flowId,
      String sub,
      String userIdForSrp,
      byte[] clientPublic,
      byte[] serverPublic,
      byte[] serverSecret,
      Instant credentialSetAt,
      Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "PASSWORD_VERIFIER";
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
      return "PasswordVerifier[" + flowId + "]";
    }
  }

  /**
   * NEW_PASSWORD_REQUIRED is outstanding: the temporary password was right.
   *
   * @param credentialSetAt which temporary password it was
   */
  record NewPasswordRequired(String flowId, String sub, Instant credentialSetAt, Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "NEW_PASSWORD_REQUIRED";
    }
  }
}

package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in remembers between two rounds; travels sealed in {@code Session} (and {@code
 * SECRET_BLOCK}). One record for each challenge that can be outstanding.
 */
public sealed interface FlowState {
  /** What was shown before. */
  Progress progress();

  /** The user, or the decoy of a name that nobody has. */
  String sub();

  /** When the session ends. */
  Instant expires();

  /** The name of the step in table {@code flow}. */
  String step();

  /** {@code ChallengeName} of the challenge that is outstanding. */
  default String challenge() {
    return step();
  }

  /** 128 random bits as hex; the same over all rounds of one sign-in. */
  default String flowId() {
    return progress().flowId();
  }

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
      Progress progress,
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
      return "PasswordVerifier[" + flowId() + "]";
    }
  }

  /**
   * NEW_PASSWORD_REQUIRED is outstanding: the temporary password was right.
   *
   * @param credentialSetAt which temporary password it was
   */
  record NewPasswordRequired(
      Progress progress, String sub, Instant credentialSetAt, Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "NEW_PASSWORD_REQUIRED";
    }
  }

  /**
   * A code was sent: SMS_MFA or EMAIL_OTP is outstanding.
   *
   * @param challenge its name
   * @param proof what the right code shows
   * @param attribute {@code email} or {@code phone_number}
   * @param newAddress where the code went when the user has no such attribute yet; null when it
   *     went to the attribute's value
   * @param mac keyed hash of the code
   */
  record CodeSent(
      Progress progress,
      String sub,
      String challenge,
      Proof proof,
      String attribute,
      @Nullable String newAddress,
      byte[] mac,
      Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return challenge;
    }

    @Override
    public String toString() {
      return "CodeSent[" + flowId() + "]";
    }
  }

  /** SELECT_CHALLENGE is outstanding: the user chooses a first factor. */
  record SelectChallenge(Progress progress, String sub, Instant expires) implements FlowState {
    @Override
    public String step() {
      return "SELECT_CHALLENGE";
    }
  }

  /**
   * PASSWORD or PASSWORD_SRP is outstanding, chosen among several first factors.
   *
   * @param challenge its name
   */
  record PasswordAsked(Progress progress, String sub, String challenge, Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return challenge;
    }
  }

  /**
   * Somebody has just signed up, or confirmed that: no challenge, but a sign-in by USER_AUTH may
   * begin with it.
   */
  record SignedUp(Progress progress, String sub, Instant expires) implements FlowState {
    @Override
    public String step() {
      return "SIGNED_UP";
    }
  }

  /** SOFTWARE_TOKEN_MFA is outstanding. */
  record SoftwareToken(Progress progress, String sub, Instant expires) implements FlowState {
    @Override
    public String step() {
      return "SOFTWARE_TOKEN_MFA";
    }
  }

  /** DEVICE_SRP_AUTH is outstanding: a first factor was passed with this device's key. */
  record DeviceSrp(Progress progress, String sub, String deviceKey, Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "DEVICE_SRP_AUTH";
    }
  }

  /**
   * DEVICE_PASSWORD_VERIFIER is outstanding.
   *
   * @param clientPublic A, big-endian
   * @param serverPublic B, big-endian
   * @param serverSecret b
   * @param registeredAt which registration of the device the challenge was made for
   */
  record DeviceVerifier(
      Progress progress,
      String sub,
      String deviceKey,
      byte[] clientPublic,
      byte[] serverPublic,
      byte[] serverSecret,
      Instant registeredAt,
      Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "DEVICE_PASSWORD_VERIFIER";
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
      return "DeviceVerifier[" + flowId() + "]";
    }
  }

  /** SELECT_MFA_TYPE is outstanding. */
  record SelectMfa(Progress progress, String sub, Instant expires) implements FlowState {
    @Override
    public String step() {
      return "SELECT_MFA_TYPE";
    }
  }

  /**
   * MFA_SETUP is outstanding, in one of three stages: offered, a software token associated, and
   * that token verified.
   *
   * @param secret of the token that was associated; null before and after
   */
  record MfaSetup(
      Progress progress, String sub, Stage stage, @Nullable Secret secret, Instant expires)
      implements FlowState {
    /** How far it has come. */
    public enum Stage {
      OFFERED,
      ASSOCIATED,
      VERIFIED
    }

    @Override
    public String step() {
      return "MFA_SETUP " + stage;
    }

    @Override
    public String challenge() {
      return "MFA_SETUP";
    }

    @Override
    public String toString() {
      return "MfaSetup[" + flowId() + ", " + stage + "]";
    }
  }

  /**
   * CUSTOM_CHALLENGE is outstanding; what its answer is compared with stays on the server ({@link
   * CustomFlowStore}).
   *
   * @param userIdForSrp what the challenge calls the user, or the decoy
   * @param round how many rounds went before
   */
  record CustomChallenge(
      Progress progress, String sub, String userIdForSrp, int round, Instant expires)
      implements FlowState {
    @Override
    public String step() {
      return "CUSTOM_CHALLENGE " + round;
    }

    @Override
    public String challenge() {
      return "CUSTOM_CHALLENGE";
    }
  }
}

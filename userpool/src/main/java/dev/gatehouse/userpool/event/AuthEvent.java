package dev.gatehouse.userpool.event;

import dev.gatehouse.userpool.token.Origin;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to a user.
 *
 * @param id {@code EventId}; of a sign-in {@code event_id} of its tokens
 * @param kind {@code EventType}
 * @param response {@code EventResponse}
 * @param created when it began
 * @param answers which factors were shown or tried, in order
 */
public record AuthEvent(
    String id, Kind kind, Response response, Instant created, List<Answer> answers, Origin origin) {
  public AuthEvent {
    answers = List.copyOf(answers);
  }

  /** {@code EventType}, in the API's spelling. */
  public enum Kind {
    SIGN_IN("SignIn"),
    SIGN_UP("SignUp"),
    FORGOT_PASSWORD("ForgotPassword"),
    PASSWORD_CHANGE("PasswordChange"),
    RESEND_CODE("ResendCode");

    private final String value;

    Kind(String value) {
      this.value = value;
    }

    public String value() {
      return value;
    }
  }

  /** {@code EventResponse}, in the API's spelling. */
  public enum Response {
    PASS("Pass"),
    FAIL("Fail"),
    /** More is asked for. */
    IN_PROGRESS("InProgress");

    private final String value;

    Response(String value) {
      this.value = value;
    }

    public String value() {
      return value;
    }
  }

  /** An entry of {@code ChallengeResponses}. */
  public enum Answer {
    PASSWORD_RIGHT("Password", "Success"),
    PASSWORD_WRONG("Password", "Failure"),
    MFA_RIGHT("Mfa", "Success"),
    MFA_WRONG("Mfa", "Failure");

    private final String challenge;
    private final String outcome;

    Answer(String challenge, String outcome) {
      this.challenge = challenge;
      this.outcome = outcome;
    }

    /** {@code ChallengeName}. */
    public String challenge() {
      return challenge;
    }

    /** {@code ChallengeResponse}. */
    public String outcome() {
      return outcome;
    }
  }
}

package dev.gatehouse.userpool.directory;

import java.time.Duration;

/** How often something may be tried for one user within an hour (users.md §6). */
public enum AttemptLimit {
  CONFIRM_SIGN_UP(15),
  RESEND_CONFIRMATION_CODE(5),
  VERIFY_ATTRIBUTE(15),
  ATTRIBUTE_CODE(5),
  CHANGE_PASSWORD(5),
  FORGOT_PASSWORD(20),
  CONFIRM_FORGOT_PASSWORD(20),
  SIGN_IN_CODE(20);

  /** The window that attempts are counted in. It begins with the first attempt. */
  public static final Duration WINDOW = Duration.ofHours(1);

  private final int perHour;

  AttemptLimit(int perHour) {
    this.perHour = perHour;
  }

  public int perHour() {
    return perHour;
  }
}

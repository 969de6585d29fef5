package dev.gatehouse.userpool.directory;

import org.jspecify.annotations.Nullable;

/**
 * A second factor. The names are those of {@code UserMFASettingList}, and of the challenge that
 * asks for it.
 */
public enum MfaFactor {
  SMS_MFA("phone_number"),
  SOFTWARE_TOKEN_MFA(null),
  EMAIL_OTP("email");

  private final @Nullable String attribute;

  MfaFactor(@Nullable String attribute) {
    this.attribute = attribute;
  }

  /** The attribute that holds the address of its codes; null where none is sent. */
  public @Nullable String attribute() {
    return attribute;
  }
}

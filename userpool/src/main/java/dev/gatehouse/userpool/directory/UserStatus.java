package dev.gatehouse.userpool.directory;

/** {@code UserStatus} of users.md §1; the enum's other values are unused by the service. */
public enum UserStatus {
  UNCONFIRMED,
  CONFIRMED,
  FORCE_CHANGE_PASSWORD,
  RESET_REQUIRED,
  EXTERNAL_PROVIDER
}

package dev.gatehouse.userpool.auth;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in by choice can begin with (auth.md §7). The names are those of {@code
 * AvailableChallenges} and {@code PREFERRED_CHALLENGE}; their order is the one of the answers.
 */
enum FirstFactor {
  PASSWORD_SRP(null),
  PASSWORD(null),
  EMAIL_OTP("email"),
  SMS_OTP("phone_number"),
  WEB_AUTHN(null);

  private final @Nullable String attribute;

  FirstFactor(@Nullable String attribute) {
    this.attribute = attribute;
  }

  /** The attribute that holds the address of its codes; null where none is sent. */
  @Nullable String attribute() {
    return attribute;
  }

  boolean isPassword() {
    return this == PASSWORD || this == PASSWORD_SRP;
  }

  /** The one of these that is called so. */
  static Optional<FirstFactor> named(String name, List<FirstFactor> among) {
    return among.stream().filter(factor -> factor.name().equals(name)).findFirst();
  }

  static List<String> names(List<FirstFactor> factors) {
    return factors.stream().map(FirstFactor::name).toList();
  }
}

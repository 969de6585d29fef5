package dev.gatehouse.userpool.auth;

import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Names;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.pool.Pool;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which first factors a subject may choose from: those of the pool's {@code
 * AllowedFirstAuthFactors} that the user has, less those that would go around a second factor
 * (auth.md §7).
 */
final class FirstFactors {
  private final Decoys decoys;

  FirstFactors(Decoys decoys) {
    this.decoys = decoys;
  }

  /** The user's factors; empty when there are none. */
  static List<FirstFactor> ofUser(Pool pool, Subject.Known known) {
    User user = known.account().user();
    Credential credential = known.account().credential();
    if (user.status() == UserStatus.EXTERNAL_PROVIDER) {
      return List.of();
    }
    Set<FirstFactor> result = EnumSet.noneOf(FirstFactor.class);
    // 1. the password
    if (credential != null && allows(pool, AuthFactorType.PASSWORD)) {
      result.add(FirstFactor.PASSWORD_SRP);
      result.add(FirstFactor.PASSWORD);
    }
    // 2. whoever has to set a password sets it
    boolean passwordFirst =
        user.status() == UserStatus.FORCE_CHANGE_PASSWORD
            || user.status() == UserStatus.RESET_REQUIRED;
    // 3. a code alone would go around the second factor
    boolean secondFactor = pool.mfa().required() || !pool.mfa().usable(user).isEmpty();
    if (!passwordFirst && !secondFactor) {
      if (user.attribute("email") != null && allows(pool, AuthFactorType.EMAIL_OTP)) {
        result.add(FirstFactor.EMAIL_OTP);
      }
      if (user.attribute("phone_number") != null && allows(pool, AuthFactorType.SMS_OTP)) {
        result.add(FirstFactor.SMS_OTP);
      }
    }
    return List.copyOf(result);
  }

  /**
   * What a user of this pool could have: drawn from the name, the same each time. One in four has
   * no password where a code is enough, every second one has a phone.
   *
   * @param username as it was typed
   */
  List<FirstFactor> ofNobody(Pool pool, String username) {
    byte[] draw = decoys.draw(pool, "decoy-factors", username);
    String folded = pool.names().fold(username);
    Set<FirstFactor> result = EnumSet.noneOf(FirstFactor.class);
    if (!pool.mfa().required()) {
      if (allows(pool, AuthFactorType.EMAIL_OTP)) {
        result.add(FirstFactor.EMAIL_OTP);
      }
      if (allows(pool, AuthFactorType.SMS_OTP) && (Names.isPhoneNumber(folded) || draw[0] < 0)) {
        result.add(FirstFactor.SMS_OTP);
      }
    }
    if (result.isEmpty() || (draw[1] & 3) != 0) {
      result.add(FirstFactor.PASSWORD_SRP);
      result.add(FirstFactor.PASSWORD);
    }
    return List.copyOf(result);
  }

  private static boolean allows(Pool pool, AuthFactorType factor) {
    return pool.firstFactors().contains(factor);
  }
}

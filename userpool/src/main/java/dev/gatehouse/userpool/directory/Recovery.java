package dev.gatehouse.userpool.directory;

import dev.gatehouse.model.cognitoidp.AccountRecoverySettingType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which verified address a password-reset code goes to (userpool.md §8, users.md §5). */
public final class Recovery {
  private static final List<String> LEGACY_ORDER = List.of("phone_number", "email");

  private Recovery() {}

  /**
   * The attribute: the first of the pool's recovery mechanisms that is verified for the user; where
   * the pool lists them, the channel of a second factor of the user is skipped (userpool.md §8).
   *
   * @return empty when no channel is verified
   * @throws dev.gatehouse.kernel.Refusal ADMIN_RECOVERY_ONLY
   */
  public static Optional<String> channel(Pool pool, User user) {
    List<String> skipped = options(pool).isEmpty() ? List.of() : factors(pool, user);
    return order(pool).stream()
        .filter(user::verified)
        .filter(attribute -> !skipped.contains(attribute))
        .findFirst();
  }

  /** Whoever holds the channel of the second factor must not get the first one by it too. */
  private static List<String> factors(Pool pool, User user) {
    return pool.mfa().usable(user).stream()
        .flatMap(factor -> Stream.ofNullable(factor.attribute()))
        .toList();
  }

  private static List<RecoveryOptionType> options(Pool pool) {
    AccountRecoverySettingType setting = pool.settings().accountRecoverySetting();
    return setting == null || setting.recoveryMechanisms() == null
        ? List.of()
        : setting.recoveryMechanisms();
  }

  /**
   * The attributes that the pool recovers by, the preferred first.
   *
   * @throws dev.gatehouse.kernel.Refusal ADMIN_RECOVERY_ONLY
   */
  public static List<String> order(Pool pool) {
    List<RecoveryOptionType> options = options(pool);
    if (options.isEmpty()) {
      return LEGACY_ORDER;
    }
    if (options.stream().anyMatch(option -> name(option).equals("admin_only"))) {
      throw Why.ADMIN_RECOVERY_ONLY.refusal();
    }
    return options.stream()
        .sorted(Comparator.comparingInt(Recovery::priority))
        .map(option -> name(option).substring("verified_".length()))
        .toList();
  }

  private static String name(RecoveryOptionType option) {
    return option.name() == null ? "" : option.name().value();
  }

  private static int priority(RecoveryOptionType option) {
    return option.priority() == null ? Integer.MAX_VALUE : option.priority();
  }

  /**
   * Whether the user's state lets the password be reset at all.
   *
   * @throws dev.gatehouse.kernel.Refusal NOT_RESETTABLE, NO_VERIFIED_CHANNEL
   */
  public static void checkState(User user) {
    switch (user.status()) {
      case FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER -> throw Why.NOT_RESETTABLE.refusal();
      case UNCONFIRMED -> throw Why.NO_VERIFIED_CHANNEL.refusal();
      case CONFIRMED, RESET_REQUIRED -> {}
    }
  }
}

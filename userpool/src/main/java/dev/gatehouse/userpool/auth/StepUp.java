package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * TARGET_ACR_VALUES, ACCESS_TOKEN and MAX_AGE of USER_AUTH (new-2026.md §2.3): a sign-in that is to
 * reach a level, and what an earlier one is credited with.
 */
final class StepUp {
  private final Database database;
  private final AccessTokens accessTokens;
  private final Clock clock;

  StepUp(Database database, AccessTokens accessTokens, Clock clock) {
    this.database = database;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  /** Levels that are asked for, best first; empty where none is. */
  record Wish(List<Integer> levels, List<Proof> credit) {}

  /**
   * Reads the three parameters.
   *
   * @throws dev.gatehouse.kernel.Refusal TARGET_MISSING, LEVELS_UNKNOWN, MAX_AGE_INVALID,
   *     ACCESS_TOKEN_…
   */
  Wish read(Pool pool, Parameters parameters, Subject subject) {
    String target = parameters.optional("TARGET_ACR_VALUES");
    String token = parameters.optional("ACCESS_TOKEN");
    // 1. what goes together
    Optional<Duration> maxAge = maxAge(parameters.optional("MAX_AGE"));
    if (target.isBlank()) {
      if (!token.isEmpty()) {
        throw Why.TARGET_MISSING.refusal();
      }
      return new Wish(List.of(), List.of());
    }
    // 2. the levels; names that the pool does not have are left out
    List<Integer> levels =
        Arrays.stream(target.strip().split("\\s+"))
            .map(pool.levels()::level)
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .distinct()
            .toList();
    if (levels.isEmpty()) {
      throw Why.LEVELS_UNKNOWN.refusal();
    }
    // 3. the credit
    return new Wish(
        levels, token.isEmpty() ? List.of() : credit(pool, subject, token, maxAge.orElse(null)));
  }

  private static Optional<Duration> maxAge(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw Why.MAX_AGE_INVALID.refusal();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
  }

  /** What the token's sign-in has shown; nothing if that is too long ago, or was not kept. */
  private List<Proof> credit(Pool pool, Subject subject, String token, @Nullable Duration maxAge) {
    Bearer bearer = accessTokens.require(token);
    if (!bearer.pool().id().equals(pool.id()) || !bearer.user().sub().equals(subject.sub())) {
      throw Why.ACCESS_TOKEN_OF_ANOTHER.refusal();
    }
    String originJti = bearer.originJti();
    if (originJti == null) {
      return List.of();
    }
    Instant now = clock.now();
    Optional<Family> family =
        database
            .read(handle -> FamilyStore.find(handle, pool.id(), originJti))
            .filter(found -> maxAge == null || found.authTime().plus(maxAge).isAfter(now));
    return family.map(found -> Proof.named(found.assurance().proofs())).orElse(List.of());
  }

  /**
   * The level that the sign-in goes for: the first that this subject can reach.
   *
   * @param available the first factors that the subject has
   * @throws dev.gatehouse.kernel.Refusal LEVEL_MET, LEVEL_UNREACHABLE
   */
  static int target(Pool pool, Subject subject, Wish wish, List<FirstFactor> available) {
    for (int level : wish.levels()) {
      if (!wish.credit().isEmpty() && Levels.of(wish.credit()) >= level) {
        throw Why.LEVEL_MET.refusal();
      }
      if (bySecondFactor(pool, subject, wish.credit(), level)
          || !leading(pool, subject, wish.credit(), level, available).isEmpty()) {
        return level;
      }
    }
    throw Why.LEVEL_UNREACHABLE.refusal();
  }

  /** Whether a second factor is all that is missing, the password being credited. */
  static boolean bySecondFactor(Pool pool, Subject subject, List<Proof> credit, int level) {
    return credit.stream().anyMatch(Proof::isPassword)
        && seconds(pool, subject).stream()
            .anyMatch(factor -> Levels.with(credit, Proof.of(factor)) >= level);
  }

  /** The first factors that can bring the level, with what may follow them. */
  static List<FirstFactor> leading(
      Pool pool, Subject subject, List<Proof> credit, int level, List<FirstFactor> available) {
    List<MfaFactor> seconds = seconds(pool, subject);
    return available.stream().filter(factor -> reach(factor, credit, seconds) >= level).toList();
  }

  private static int reach(FirstFactor factor, List<Proof> credit, List<MfaFactor> seconds) {
    return switch (factor) {
      case PASSWORD, PASSWORD_SRP -> Levels.withPassword(credit, seconds);
      case EMAIL_OTP, SMS_OTP -> Levels.with(credit, FirstFactorCode.proof(factor));
      case WEB_AUTHN -> Levels.with(credit, Proof.PASSKEY);
    };
  }

  private static List<MfaFactor> seconds(Pool pool, Subject subject) {
    return subject instanceof Subject.Known known
        ? pool.mfa().usable(known.account().user())
        : List.of();
  }
}

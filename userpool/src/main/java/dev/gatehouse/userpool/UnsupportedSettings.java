package dev.gatehouse.userpool;

import dev.gatehouse.model.cognitoidp.AdvancedSecurityModeType;
import dev.gatehouse.model.cognitoidp.DefaultEmailOptionType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolDocument;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings that this version stores and shows but cannot honour, and the operations that each one
 * governs. Such an operation is refused: a setting that nobody reads would be a lie, above all one
 * that protects (design.md §2). Printed in docs/operations.md.
 */
@SuppressWarnings("ImmutableEnumChecker") // sets and predicates that nobody changes
public enum UnsupportedSettings {
  THREAT_PROTECTION(
      "UserPoolAddOns.AdvancedSecurityMode ENFORCED",
      Operations.all(Operations.SIGN_IN, Operations.NEW_PASSWORD),
      document ->
          document.settings().userPoolAddOns() != null
              && AdvancedSecurityModeType.ENFORCED.equals(
                  document.settings().userPoolAddOns().advancedSecurityMode())),
  CONFIRM_WITH_LINK(
      "VerificationMessageTemplate.DefaultEmailOption CONFIRM_WITH_LINK",
      Set.of("SignUp", "ResendConfirmationCode"),
      document ->
          document.settings().verificationMessageTemplate() != null
              && DefaultEmailOptionType.CONFIRM_WITH_LINK.equals(
                  document.settings().verificationMessageTemplate().defaultEmailOption()));

  /** Groups of operations. */
  private static final class Operations {
    static final Set<String> SIGN_IN =
        Set.of(
            "InitiateAuth",
            "AdminInitiateAuth",
            "RespondToAuthChallenge",
            "AdminRespondToAuthChallenge");
    static final Set<String> NEW_PASSWORD =
        Set.of("SignUp", "ChangePassword", "ConfirmForgotPassword");

    private Operations() {}

    static Set<String> all(Set<String> some, Set<String> others) {
      return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
  }

  private final String setting;
  private final Set<String> operations;
  private final Predicate<PoolDocument> present;

  UnsupportedSettings(String setting, Set<String> operations, Predicate<PoolDocument> present) {
    this.setting = setting;
    this.operations = operations;
    this.present = present;
  }

  /** The setting's name as the refusal and the documentation show it. */
  public String setting() {
    return setting;
  }

  public Set<String> operations() {
    return operations;
  }

  /**
   * The first check of every governed operation.
   *
   * @throws dev.gatehouse.kernel.Refusal SETTING_NOT_HONOURED, naming the setting
   */
  public static void check(Pool pool, String operation) {
    Arrays.stream(values())
        .filter(row -> row.operations.contains(operation) && row.present.test(pool.document()))
        .findFirst()
        .ifPresent(row -> {
          throw Why.SETTING_NOT_HONOURED.refusal(row.setting);
        });
  }
}

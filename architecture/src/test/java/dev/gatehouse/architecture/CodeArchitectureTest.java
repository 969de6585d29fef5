package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.userpool.broken.AsksTheMachinesClock;
import dev.gatehouse.userpool.broken.AsksTheMachinesClockByReference;
import dev.gatehouse.userpool.broken.ComparesSecretsItself;
import dev.gatehouse.userpool.broken.ComparesSecretsUntilTheyDiffer;
import dev.gatehouse.userpool.broken.GuessableNumbers;
import dev.gatehouse.userpool.broken.KeepsState;
import dev.gatehouse.userpool.broken.MakesDates;
import dev.gatehouse.userpool.broken.PasswordUtil;
import dev.gatehouse.userpool.broken.util.Padding;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What no line may do, or only at one place: time, comparisons, chance, static state, names. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = Production.NoTests.class)
class CodeArchitectureTest {
  /**
   * Where two byte arrays may be compared until they differ: the equality of values, which decides
   * nothing about a caller.
   */
  private static final Set<String> EQUALITY_OF_VALUES =
      Set.of(
          "dev.gatehouse.model.Blob.equals",
          "dev.gatehouse.userpool.directory.CodeStore$OpenCode.equals");

  /** Where chance may be guessed, because it decides nothing but a pause. */
  private static final Set<String> GUESSABLE_PAUSES = Set.of("dev.gatehouse.store.Retries.next");

  @ArchTest
  static final ArchRule ONLY_WALL_CLOCK_ASKS_THE_MACHINE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WallClock.class)
          .should()
          .accessTargetWhere(access("the machine's clock", CodeArchitectureTest::asksTheTime))
          .because("stored and issued times come from Clock, the others from WallClock (§2)");

  @ArchTest
  static final ArchRule ONLY_CONSTANT_TIME_COMPARES_SECRETS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(ConstantTime.class)
          .should()
          .accessTargetWhere(access("MessageDigest.isEqual", CodeArchitectureTest::comparesDigests))
          .because("secrets are compared through one method");

  @ArchTest
  static final ArchRule BYTES_ARE_NOT_COMPARED_UNTIL_THEY_DIFFER =
      noClasses()
          .should()
          .accessTargetWhere(
              access(
                  "Arrays.equals on byte[] outside the named equals methods",
                  access -> comparesBytes(access) && !EQUALITY_OF_VALUES.contains(origin(access))))
          .because("the time of a comparison must not tell how much of a secret was right");

  @ArchTest
  static final ArchRule CHANCE_IS_UNGUESSABLE =
      noClasses()
          .should()
          .accessTargetWhere(
              access(
                  "a guessable generator outside the named pauses",
                  access -> isGuessable(access) && !GUESSABLE_PAUSES.contains(origin(access))))
          .because("ids, codes and keys come from a SecureRandom");

  @ArchTest
  static final ArchRule NO_STATIC_STATE =
      fields().that().areStatic().should().beFinal().because("state has an owner, made by wiring");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .because("a name that fits everything keeps nothing out (§6)");

  @ArchTest
  static final ArchRule PACKAGES_SAY_WHAT_THEY_OWN =
      classes()
          .should()
          .resideOutsideOfPackages(
              "..util..", "..utils..", "..common..", "..helper..", "..helpers..")
          .because("a package that fits everything keeps nothing out (§6)");

  @Test
  void the_machines_time_is_found_however_it_is_asked() {
    Production.assertBreaks(ONLY_WALL_CLOCK_ASKS_THE_MACHINE, AsksTheMachinesClock.class);
    Production.assertBreaks(
        ONLY_WALL_CLOCK_ASKS_THE_MACHINE, AsksTheMachinesClockByReference.class);
    Production.assertBreaks(ONLY_WALL_CLOCK_ASKS_THE_MACHINE, MakesDates.class);
  }

  @Test
  void a_comparison_beside_constant_time_is_found() {
    Production.assertBreaks(ONLY_CONSTANT_TIME_COMPARES_SECRETS, ComparesSecretsItself.class);
    Production.assertBreaks(
        BYTES_ARE_NOT_COMPARED_UNTIL_THEY_DIFFER, ComparesSecretsUntilTheyDiffer.class);
  }

  @Test
  void guessable_numbers_are_found() {
    Production.assertBreaks(CHANCE_IS_UNGUESSABLE, GuessableNumbers.class);
  }

  @Test
  void static_state_is_found() {
    Production.assertBreaks(NO_STATIC_STATE, KeepsState.class);
  }

  @Test
  void names_that_fit_everything_are_found() {
    Production.assertBreaks(NAMES_SAY_WHAT_A_CLASS_IS, PasswordUtil.class);
    Production.assertBreaks(PACKAGES_SAY_WHAT_THEY_OWN, Padding.class);
  }

  private static boolean asksTheTime(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    JavaClass owner = target.getOwner();
    String name = target.getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis");
    }
    if (owner.isEquivalentTo(Clock.class)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    if (owner.isEquivalentTo(Date.class)) {
      return name.equals("<init>")
          && target instanceof CodeUnitAccessTarget made
          && made.getRawParameterTypes().isEmpty();
    }
    return (owner.getPackageName().startsWith("java.time") && name.equals("now"))
        || (owner.isEquivalentTo(Calendar.class) && name.equals("getInstance"));
  }

  private static boolean comparesDigests(JavaAccess<?> access) {
    return access.getTarget().getOwner().isEquivalentTo(MessageDigest.class)
        && access.getTarget().getName().equals("isEqual");
  }

  private static boolean comparesBytes(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getOwner().isEquivalentTo(Arrays.class)
        && List.of("equals", "compare", "mismatch").contains(target.getName())
        && target.getRawParameterTypes().getFirst().isEquivalentTo(byte[].class);
  }

  private static boolean isGuessable(JavaAccess<?> access) {
    JavaClass owner = access.getTarget().getOwner();
    return owner.isEquivalentTo(Random.class)
        || owner.isEquivalentTo(ThreadLocalRandom.class)
        || owner.isEquivalentTo(SplittableRandom.class)
        || (owner.isEquivalentTo(Math.class) && access.getTarget().getName().equals("random"));
  }

  private static String origin(JavaAccess<?> access) {
    return access.getOriginOwner().getName() + "." + access.getOrigin().getName();
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String description, Predicate<JavaAccess<?>> what) {
    return DescribedPredicate.describe(description, what);
  }
}

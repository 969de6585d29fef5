package dev.gatehouse.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.userpool.broken.ServesFromElsewhere;
import dev.gatehouse.userpool.broken.SignUp;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One class per operation, named as the model names it, with its row in the one table. */
@AnalyzeClasses(packages = "dev.gatehouse.userpool", importOptions = Production.NoTests.class)
class OperationsArchitectureTest {
  private static final Set<String> NAMES =
      CognitoIdpOperations.all().stream().map(OperationModel::name).collect(Collectors.toSet());

  private static final DescribedPredicate<JavaClass> NAMED_LIKE_AN_OPERATION =
      DescribedPredicate.describe(
          "are named like an operation", type -> NAMES.contains(type.getSimpleName()));

  @ArchTest
  static final ArchRule WHAT_IS_NAMED_LIKE_AN_OPERATION_IS_ONE =
      classes().that(NAMED_LIKE_AN_OPERATION).should().implement(Operation.class);

  @ArchTest
  static final ArchRule OPERATIONS_STAND_IN_API =
      classes()
          .that(implement(Operation.class))
          .should()
          .resideInAPackage("dev.gatehouse.userpool.api");

  @ArchTest
  static final ArchRule OPERATIONS_ARE_NAMED_AS_IN_THE_MODEL =
      noClasses()
          .that(implement(Operation.class))
          .should(ArchCondition.from(not(NAMED_LIKE_AN_OPERATION)));

  @ArchTest
  static void every_operation_has_its_row(JavaClasses userpool) throws IOException {
    String table =
        Files.readString(
                Production.sources()
                    .resolve(
                        "userpool/src/main/java/dev/gatehouse/userpool/UserPoolOperations.java"))
            .replaceAll("\\s+", " ");
    Set<String> served =
        userpool.stream()
            .filter(type -> type.isAssignableTo(Operation.class))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());

    assertThat(served)
        .hasSizeGreaterThan(40)
        .allSatisfy(name -> assertThat(table).contains(row(name)));
  }

  @Test
  void an_operation_in_name_only_is_found() {
    Production.assertBreaks(WHAT_IS_NAMED_LIKE_AN_OPERATION_IS_ONE, SignUp.class);
  }

  @Test
  void an_operation_elsewhere_is_found() {
    Production.assertBreaks(OPERATIONS_STAND_IN_API, ServesFromElsewhere.class);
    Production.assertBreaks(OPERATIONS_ARE_NAMED_AS_IN_THE_MODEL, ServesFromElsewhere.class);
  }

  /** How the table serves an operation: {@code SIGN_UP, new SignUp(}. */
  private static String row(String name) {
    String constant =
        name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
            .toUpperCase(Locale.ROOT);
    return "CognitoIdpOperations." + constant + ", new " + name + "(";
  }
}
